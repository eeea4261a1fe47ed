namespace MicroFirmware.Gateway.Api;

/// <summary>A page of payouts, the newest first.</summary>
/// <param name="Payouts">The payouts.</param>
/// <param name="Next">What to give as <c>before</c> for the next page; null on the last one.</param>
internal sealed record PayoutPage(IReadOnlyList<PayoutReport> Payouts, long? Next);
