using System.Numerics;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>How the headers of boards are divided: the arithmetic between a lane's number and its header.</summary>
/// <remarks><code>
///   lane number     [extranonce group | upper version bits]
///   header version  [fixed | upper bits: the lane | lower bits: the device | fixed]
/// </code></remarks>
internal sealed class LaneSpace
{
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
