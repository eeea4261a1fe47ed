using System.Buffers.Binary;
using System.Numerics;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>How a job's headers are divided: the arithmetic between a lane's number and its header.</summary>
/// <remarks><code>
///   lane number     [extranonce group | upper version bits]
///   header version  [fixed | upper bits: the lane | lower bits: the device | fixed]
///   coinbase        [height][tag][job id 8][prefix of this start 4][group 4]   numbers most significant octet first
/// </code>
/// The job id makes the coinbase of every job another one; the prefix, drawn at each start, does so even where a clock
/// that was set back repeats an id.</remarks>
internal sealed class LaneSpace
{
    /// <summary>Octets of the extranonce that tell groups apart.</summary>
    public const int GroupSize = 4;

    private readonly uint _fixedVersion;
    private readonly uint _laneMask;
    private readonly int _laneBits;

    public LaneSpace(BlockTemplate template, int deviceVersionBits)
    {
        DeviceMask = Spread((1u << deviceVersionBits) - 1, template.VersionMask);
        _laneMask = template.VersionMask & ~DeviceMask;
        _laneBits = BitOperations.PopCount(_laneMask);
        _fixedVersion = template.Version & ~template.VersionMask;
    }

    /// <summary>Version bits that are the device's to roll.</summary>
    public uint DeviceMask { get; }

    /// <summary>Lanes that share an extranonce: a power of two.</summary>
    public int LanesPerGroup => 1 << _laneBits;

    public uint GroupOf(uint lane) => lane >> _laneBits;

    public int IndexOf(uint lane) => (int)(lane & (uint)(LanesPerGroup - 1));

    /// <summary>The version of a lane, the device's bits zero.</summary>
    public uint VersionOf(uint lane) => _fixedVersion | Spread((uint)IndexOf(lane), _laneMask);

    /// <summary>The extranonce of a group.</summary>
    public static byte[] Extranonce(uint group)
    {
        byte[] octets = new byte[GroupSize];
        BinaryPrimitives.WriteUInt32BigEndian(octets, group);
        return octets;
    }

    /// <summary>Lays a number's bits out over a mask's, the lowest to the lowest.</summary>
    private static uint Spread(uint value, uint mask)
    {
        uint spread = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1, value >>= 1)
        {
            spread |= (value & 1) != 0 ? rest & (~rest + 1) : 0;
        }

        return spread;
    }
}
