using MicroFirmware.Protocol;

namespace MicroFirmware.System.Tests;

/// <summary>
/// What a stranger between board and gateway may try on work records. Not safe for concurrent exchanges.
/// </summary>
internal sealed class WorkForger
{
    private const int AtTarget = 128;

    private byte[]? _first;

    /// <summary>Makes the work a little easier or harder.</summary>
    public static void FlipOneBitOfTheTarget(Span<byte> octets)
    {
        int at = octets.IndexOf("MFW1"u8);
        if (at >= 0)
        {
            octets[at + AtTarget] ^= 1;
        }
    }

    /// <summary>Answers every request with what the first one was answered.</summary>
    public void ReplayTheFirst(Span<byte> octets)
    {
        int at = octets.IndexOf("MFW1"u8);
        if (at >= 0)
        {
            Span<byte> record = octets.Slice(at, WorkRecord.Length);
            _first ??= record.ToArray();
            _first.CopyTo(record);
        }
    }
}
