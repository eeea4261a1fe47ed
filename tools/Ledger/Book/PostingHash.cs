using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MicroFirmware.Ledger.Book;

/// <summary>
/// The chain: each posting's hash is SHA-256 over the hash before it and all that the posting says.
/// </summary>
/// <remarks>
/// Integers are little-endian; texts are UTF-8. What is hashed:
/// <code>
///  0 hash of the posting before (32)      the first posting: 32 zero octets
/// 32 number (8)                           from 1
/// 40 time (8)                             milliseconds since 1970 UTC
/// 48 key length (2), key
///    memo length (2), memo
///    accounts opened (4), each: number (4), unit (1), may owe (1), name length (2), name
///    entries (4), each: debit's number (4), credit's number (4), amount (8)
/// </code>
/// Serials and the entries before are not hashed: they follow from the rest, and reading the book checks them.
/// </remarks>
internal sealed class PostingHash : IDisposable
{
    /// <summary>Octets of a hash.</summary>
    public const int Size = 32;

    private const int EntryOctets = 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>The hash that the first posting builds on.</summary>
    public static byte[] Start => new byte[Size];

    /// <summary>The hash of a posting. The one it carries is not looked at.</summary>
    public byte[] Of(ReadOnlySpan<byte> previous, SealedPosting posting)
    {
        _length = 0;
        Append(previous);
        Append(posting.Number, sizeof(long));
        Append(posting.UnixMs, sizeof(long));
        Append(posting.Key);
        Append(posting.Memo);
        Append(posting.Opened.Count, sizeof(int));
        foreach (OpenedAccount opened in posting.Opened)
        {
            Append(opened.Number, sizeof(int));
            Append((byte)opened.Account.Unit, sizeof(byte));
            Append(opened.Account.MayOwe ? 1 : 0, sizeof(byte));
            Append(opened.Account.Name);
        }

        Append(posting.Entries.Count, sizeof(int));
        for (int i = 0; i < posting.Entries.Count; i++)
        {
            Append(posting.Entries[i]);
        }

        _hash.AppendData(_buffer, 0, _length);
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private void Append(in SealedEntry entry)
    {
        Span<byte> room = Room(EntryOctets);
        BinaryPrimitives.WriteInt32LittleEndian(room, entry.Debit);
        BinaryPrimitives.WriteInt32LittleEndian(room[4..], entry.Credit);
        BinaryPrimitives.WriteInt64LittleEndian(room[8..], entry.Amount);
        _length += EntryOctets;
    }

    private void Append(long value, int octets)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);
        _length += octets;
    }

    private void Append(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Append(length, sizeof(ushort));
        Encoding.UTF8.GetBytes(text, Room(length));
        _length += length;
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Room(octets.Length));
        _length += octets.Length;
    }

    /// <summary>Room for some octets more; what is full goes into the hash.</summary>
    private Span<byte> Room(int octets)
    {
        if (_buffer.Length - _length < octets)
        {
            _hash.AppendData(_buffer, 0, _length);
            _length = 0;
            if (_buffer.Length < octets)
            {
                _buffer = new byte[octets];
            }
        }

        return _buffer.AsSpan(_length);
    }
}
