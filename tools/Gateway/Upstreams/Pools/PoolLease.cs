using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>What a pool lends a session: an extranonce1 of its own. It outlives the connection where the pool resumes
/// it. Used by one thread at a time.</summary>
/// <param name="number">The session's number, never used before in this process.</param>
/// <param name="id">The pool's name for the session, to resume it by; empty for none.</param>
/// <param name="extranonce1">The pool's octets of the coinbase.</param>
/// <param name="extranonce2Size">Octets left to us.</param>
internal sealed class PoolLease(long number, string id, byte[] extranonce1, int extranonce2Size)
{
    /// <summary>From this size on nobody counts to the end.</summary>
    private const int EndlessSize = 8;

    private ExtranonceCounter _extranonces = new(extranonce2Size);
    private Hash256 _previousHash;

    public long Number => number;

    public string Id => id;

    public byte[] Extranonce1 => extranonce1;

    public int Extranonce2Size => extranonce2Size;

    /// <summary>Version bits that the last work let roll; null before the first.</summary>
    public uint? WorkedMask { get; set; }

    /// <summary>The counter for work on a block. Small ones begin again with each block: headers on another block are
    /// other headers.</summary>
    public ExtranonceCounter ExtranoncesOn(Hash256 previousHash)
    {
        if (previousHash != _previousHash && extranonce2Size < EndlessSize)
        {
            _extranonces = new ExtranonceCounter(extranonce2Size);
        }

        _previousHash = previousHash;
        return _extranonces;
    }

    /// <summary>Whether a pool gave the same octets again.</summary>
    public bool IsResumedBy(ReadOnlySpan<byte> newExtranonce1, int newExtranonce2Size) =>
        id.Length > 0 && newExtranonce2Size == extranonce2Size && newExtranonce1.SequenceEqual(extranonce1);
}
