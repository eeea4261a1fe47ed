namespace MicroFirmware.Emulator.Boards;

/// <summary>
/// Paces a board: hashes are done first and paid for with time afterwards, so that the rate over any long stretch is at
/// most the limit and the hashes counted are hashes really done.
/// </summary>
/// <param name="hashesPerSecond">The limit, H/s, more than 0.</param>
public sealed class HashRateLimit(double hashesPerSecond)
{
    /// <summary>Idle time that may be caught up in one burst: a late worker costs no hash rate, a long pause is lost.</summary>
    private const long LongestCreditMs = 500;

    private double _paidUntilMs = double.NegativeInfinity;

    /// <summary>Accounts for hashes just done.</summary>
    /// <param name="nowMs">The current time, milliseconds.</param>
    /// <param name="hashes">How many, at least 0.</param>
    /// <returns>When the next may be done, milliseconds; in the past if there is credit left.</returns>
    public long Spend(long nowMs, long hashes)
    {
        _paidUntilMs = Math.Max(_paidUntilMs, nowMs - LongestCreditMs) + (hashes * 1000.0 / hashesPerSecond);
        return (long)Math.Ceiling(_paidUntilMs);
    }
}
