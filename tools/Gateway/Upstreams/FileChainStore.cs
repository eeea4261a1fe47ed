using System.Buffers.Binary;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Keeps the chain's last blocks in one file.</summary>
/// <remarks><code>
///   ([length of the block, 4 octets, least first][block])*
/// </code>
/// What a crash left half written at the end is cut off. When the file holds twice the blocks to keep, the older half
/// is dropped: a new file is written beside it and takes its place.</remarks>
public sealed class FileChainStore : IChainStore, IDisposable
{
    /// <summary>Blocks kept: at one every 3 s the last eight hours, in 3 MB.</summary>
    public const int DefaultKeptBlocks = 10_000;

    private const int LengthSize = 4;

    private readonly string _path;
    private readonly int _keptBlocks;
    private readonly FileStream _lock;
    private FileStream _file;
    private int _count;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="keptBlocks">Blocks to keep at least, 1 or more.</param>
    /// <exception cref="IOException">It cannot be opened, or somebody else has it open.</exception>
    public FileChainStore(string path, int keptBlocks = DefaultKeptBlocks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keptBlocks, 1);
        (_path, _keptBlocks) = (path, keptBlocks);

        // Not the file itself: a backup reads it meanwhile.
        _lock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        _file = Open(path);
    }

    /// <inheritdoc/>
    public IEnumerable<Block> Load()
    {
        long good = 0;
        _count = 0;
        _file.Position = 0;
        while (ReadBlock() is { } block)
        {
            good = _file.Position;
            _count++;
            yield return block;
            _file.Position = good;
        }

        _file.SetLength(good);
    }

    /// <inheritdoc/>
    public void Append(Block block)
    {
        _file.Seek(0, SeekOrigin.End);
        Write(_file, block);
        _file.Flush(flushToDisk: true);
        if (++_count >= 2L * _keptBlocks)
        {
            DropOlder();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    private static void Write(FileStream file, Block block)
    {
        byte[] octets = block.ToOctets();
        byte[] entry = new byte[LengthSize + octets.Length];
        BinaryPrimitives.WriteInt32LittleEndian(entry, octets.Length);
        octets.CopyTo(entry.AsSpan(LengthSize));
        file.Write(entry);
    }

    private void DropOlder()
    {
        string beside = _path + ".new";
        Block[] kept = [.. Load().TakeLast(_keptBlocks)];
        using (FileStream file = new(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            foreach (Block block in kept)
            {
                Write(file, block);
            }

            file.Flush(flushToDisk: true);
        }

        _file.Dispose();
        File.Move(beside, _path, overwrite: true);
        _file = Open(_path);
        _count = kept.Length;
    }

    private Block? ReadBlock()
    {
        Span<byte> length = stackalloc byte[LengthSize];
        if (_file.ReadAtLeast(length, LengthSize, throwOnEndOfStream: false) < LengthSize)
        {
            return null;
        }

        int count = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (count is <= 0 or > Consensus.MaxBlockWeight || count > _file.Length - _file.Position)
        {
            return null;
        }

        byte[] octets = new byte[count];
        _file.ReadExactly(octets);
        return Block.TryParse(octets, out Block? block, out int used) == Bitcoin.ParseStatus.Done && used == count
            ? block
            : null;
    }
}
