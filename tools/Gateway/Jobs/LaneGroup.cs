using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>The lanes that share one extranonce, and so one merkle root.</summary>
/// <remarks>Twelve octets a lane: whose it is and what a share in it proves. The header is derived.</remarks>
internal sealed class LaneGroup(byte[] extranonce, Hash256 merkleRoot, int lanes)
{
    private readonly int[] _owners = new int[lanes];
    private readonly ulong[] _works = new ulong[lanes];

    public byte[] Extranonce => extranonce;

    public Hash256 MerkleRoot { get; } = merkleRoot;

    /// <summary>Gives a lane to an owner, once.</summary>
    public void Give(int lane, int owner, ulong work)
    {
        _works[lane] = work;

        // Owners count from 0, free lanes hold 0. Written last: who sees the owner sees the work.
        Volatile.Write(ref _owners[lane], owner + 1);
    }

    /// <summary>The work of a share in a lane; false where the lane is not this owner's.</summary>
    public bool TryGetWork(int lane, int owner, out ulong work)
    {
        bool his = Volatile.Read(ref _owners[lane]) == owner + 1;
        work = his ? _works[lane] : 0;
        return his;
    }
}
