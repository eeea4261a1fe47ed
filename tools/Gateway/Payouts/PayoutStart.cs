namespace MicroFirmware.Gateway.Payouts;

/// <summary>What came of asking for a payout.</summary>
/// <param name="Fault">Why it was not begun; <see cref="PayoutFault.None"/> where it was, or would be.</param>
/// <param name="Detail">The same for people.</param>
/// <param name="Payout">The payout, or what it would be; null where it was not begun.</param>
internal sealed record PayoutStart(PayoutFault Fault, string Detail, PayoutRecord? Payout)
{
    public static PayoutStart Of(PayoutRecord payout) => new(PayoutFault.None, "", payout);

    public static PayoutStart No(PayoutFault fault, string detail = "") => new(fault, detail, null);
}
