using System.Buffers.Binary;
using System.Security.Cryptography;
using MicroFirmware.Bitcoin;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>
/// That a transaction is in a block, and that the block and those after it were worked for; without a transaction only
/// the latter. Its octets are those of a <see cref="ProofTask"/> without what is a board's own.
/// </summary>
/// <param name="Txid">The transaction; null for headers alone.</param>
/// <param name="Place">Its place in the block, from 0.</param>
/// <param name="Branch">From the leaf up, at most 32 hashes.</param>
/// <param name="Headers">1 to 16 headers of 80 octets: the transaction's block, then the blocks after it.</param>
/// <param name="LimitBits">The network's greatest target.</param>
public sealed record TransactionProof(
    Hash256? Txid, uint Place, IReadOnlyList<Hash256> Branch, IReadOnlyList<byte[]> Headers, uint LimitBits)
{
    /// <summary>Whether the transaction itself was shown, and has not the length that can be mistaken for a node.
    /// </summary>
    public bool IsTransactionShown { get; init; }

    /// <summary>The hash of the transaction's block.</summary>
    public Hash256 Block => Sha256d.HashHeader(Headers[0]);

    /// <summary>The hash of the last block.</summary>
    public Hash256 Tip => Sha256d.HashHeader(Headers[^1]);

    /// <summary>What names the proof: SHA-256 of
    /// <code>
    /// flags 1 | levels 1 | headers 1 | place 4 | greatest target 4 | txid 32 | branch 32 each | headers 80 each
    /// </code></summary>
    public byte[] Digest()
    {
        byte[] body = Body();
        byte[] octets = new byte[11 + body.Length];
        octets[0] = (byte)(Txid is null ? 0 : 1);
        octets[1] = (byte)Branch.Count;
        octets[2] = (byte)Headers.Count;
        BinaryPrimitives.WriteUInt32LittleEndian(octets.AsSpan(3), Place);
        BinaryPrimitives.WriteUInt32LittleEndian(octets.AsSpan(7), LimitBits);
        body.CopyTo(octets, 11);
        return SHA256.HashData(octets);
    }

    /// <summary>The task for one board.</summary>
    /// <param name="id">Drawn at random.</param>
    /// <param name="seconds">How long it may take.</param>
    public ProofTask ToTask(ulong id, ushort seconds) => new()
    {
        Id = id,
        Seconds = seconds,
        HasTransaction = Txid is not null,
        Place = Place,
        Levels = Branch.Count,
        Headers = Headers.Count,
        LimitBits = LimitBits,
        Body = Body(),
    };

    private byte[] Body() =>
    [
        .. (Txid ?? Hash256.Zero).ToOctets(),
        .. Branch.SelectMany(hash => hash.ToOctets()),
        .. Headers.SelectMany(header => header),
    ];
}
