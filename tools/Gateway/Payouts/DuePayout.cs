namespace MicroFirmware.Gateway.Payouts;

/// <summary>An account with a target, as the next round of the schedule would find it.</summary>
/// <param name="Target">Where it wants to be paid.</param>
/// <param name="BalanceMsat">What is on it.</param>
/// <param name="ThresholdMsat">From when on it is paid; 0 for an invoice, which names its amount.</param>
/// <param name="AmountMsat">What would be paid; 0 for nothing.</param>
/// <param name="Why">Why it would not be paid, for people; empty where it would.</param>
internal sealed record DuePayout(
    AccountTarget Target, Int128 BalanceMsat, long ThresholdMsat, long AmountMsat, string Why)
{
    /// <summary>Whether the next round pays it, or asks for its approval.</summary>
    public bool IsDue => Why.Length == 0;
}
