using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// One registered device. A device that has not been seen since the start costs its key and a few numbers; what only a
/// live one needs hangs on <see cref="Activity"/>. Everything that changes is guarded by <c>lock (device)</c>.
/// </summary>
internal sealed class Device(int number, string id, byte[] key, long registeredUnixMs)
{
    /// <summary>The row number in the store.</summary>
    public int Number => number;

    /// <summary>The id on the wire.</summary>
    public string Id => id;

    /// <summary>The key; never shown, never logged. Replaced as a whole when the owner gives the id to a new board.
    /// </summary>
    public byte[] Key { get; set; } = key;

    /// <summary>When it was registered, in milliseconds since 1970 UTC.</summary>
    public long RegisteredUnixMs => registeredUnixMs;

    /// <summary>True once its owner revoked it.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>The counters accepted from it.</summary>
    public CounterWindow Counters;

    /// <summary>The counter of the last command to it.</summary>
    public ulong CommandCounter { get; set; }

    /// <summary>The share work it had last, 0 for none.</summary>
    public ulong KnownShareWork { get; set; }

    /// <summary>What its owner calls it; replaced as a whole.</summary>
    public BoardLabel Label { get; set; } = BoardLabel.None;

    /// <summary>Whether it is a Stratum worker: the id of a board holds no dot.</summary>
    public bool IsMiner => Id.Contains('.', StringComparison.Ordinal);

    /// <summary>What it has done, as far as it is on the disk.</summary>
    public DeviceTotals Totals;

    /// <summary>What is known of it since the start; null while it was not seen.</summary>
    public DeviceActivity? Activity { get; private set; }

    /// <summary>The device is here: its activity, begun when it was not seen before.</summary>
    public DeviceActivity Awake(ShareOptions options, TimeSpan now)
    {
        Activity ??= new DeviceActivity(options, KnownShareWork, now) { Sampled = Totals };
        Activity.Follow(options, now);
        return Activity;
    }
}
