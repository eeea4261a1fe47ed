namespace MicroFirmware.Emulator.Boards;

/// <summary>
/// Paces a board: work is done first and paid for with time afterwards. The board stays within a share of one core and
/// within a hash rate, whichever is less, and the hashes it counts are hashes really done.
/// </summary>
/// <param name="coreShare">Part of one core's time that scanning may take, more than 0, at most 1.</param>
/// <param name="hashesPerSecond">Most hashes per second; infinity for no limit but the core's.</param>
public sealed class ScanPace(double coreShare, double hashesPerSecond)
{
    /// <summary>Idle time that may be caught up at once: a late worker costs no hash rate, a long pause does.</summary>
    private const long LongestCreditMs = 500;

    /// <summary>
    /// Most that one piece of work may cost: what was slow once, such as code that is being compiled, is not held
    /// against a board until its scanner looks dead.
    /// </summary>
    private const double LongestDebtMs = 10_000;

    /// <summary>What one piece of work may cost, as far as is known before: thousands of boards take their turns
    /// smoothly, and a slow one waits for no more than it has earned.</summary>
    private const double LongestPieceMs = 1_000;

    private double _paidUntilMs = double.NegativeInfinity;
    private double _costOfHashMs = 1000 / hashesPerSecond;

    /// <summary>Most hashes of the next piece of work, at least 1.</summary>
    public uint MostHashes => (uint)Math.Clamp(LongestPieceMs / _costOfHashMs, 1, uint.MaxValue);

    /// <summary>Accounts for scanning just done.</summary>
    /// <param name="nowMs">The current time, milliseconds.</param>
    /// <param name="busyMs">How long it kept a core busy, milliseconds.</param>
    /// <param name="hashes">How many hashes it made.</param>
    /// <returns>When the next may be done, milliseconds; in the past if there is credit left.</returns>
    public long Spend(long nowMs, double busyMs, ulong hashes)
    {
        double costMs = Math.Max(busyMs / coreShare, hashes * 1000.0 / hashesPerSecond);
        _costOfHashMs = hashes == 0 ? _costOfHashMs : costMs / hashes;
        _paidUntilMs = Math.Max(_paidUntilMs, nowMs - LongestCreditMs) + Math.Min(costMs, LongestDebtMs);
        return (long)Math.Ceiling(_paidUntilMs);
    }
}
