using System.Buffers.Binary;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Keeps blocks in one file that only grows.</summary>
/// <remarks><code>
///   ([length of the block, 4 octets, least first][block])*
/// </code>
/// What a crash left half written at the end is cut off.</remarks>
public sealed class FileChainStore : IChainStore, IDisposable
{
    private const int LengthSize = 4;

    private readonly FileStream _file;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="IOException">It cannot be opened, or somebody else has it open.</exception>
    public FileChainStore(string path) =>
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <inheritdoc/>
    public IEnumerable<Block> Load()
    {
        long good = 0;
        _file.Position = 0;
        while (ReadBlock() is { } block)
        {
            good = _file.Position;
            yield return block;
            _file.Position = good;
        }

        _file.SetLength(good);
    }

    /// <inheritdoc/>
    public void Append(Block block)
    {
        byte[] octets = block.ToOctets();
        byte[] entry = new byte[LengthSize + octets.Length];
        BinaryPrimitives.WriteInt32LittleEndian(entry, octets.Length);
        octets.CopyTo(entry.AsSpan(LengthSize));
        _file.Seek(0, SeekOrigin.End);
        _file.Write(entry);
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

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
