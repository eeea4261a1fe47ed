namespace MicroFirmware.Gateway.Payouts;

/// <summary>The money of a gateway at a glance, in millisatoshi.</summary>
/// <param name="HeldMsat">What all accounts hold that can be paid out.</param>
/// <param name="InFlightMsat">Reserved for payouts whose end is not known.</param>
/// <param name="PaidMsat">What has left for good, fees included.</param>
/// <param name="Accounts">Accounts that something was ever booked on, the largest balance first.</param>
/// <param name="Sales">What sites have sold.</param>
/// <param name="Open">Payouts that have not come to their end, the oldest first.</param>
/// <param name="Failed">Payouts of the last seven days that failed or were not sent, and after which their account had
/// no other; the newest first.</param>
internal sealed record MoneyReport(
    Int128 HeldMsat,
    Int128 InFlightMsat,
    Int128 PaidMsat,
    IReadOnlyList<MoneyReport.Line> Accounts,
    IReadOnlyList<SiteSales> Sales,
    IReadOnlyList<PayoutRecord> Open,
    IReadOnlyList<PayoutRecord> Failed)
{
    /// <summary>An account.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="BalanceMsat">What is on it.</param>
    /// <param name="Target">Where it is paid; null for nowhere.</param>
    internal sealed record Line(string Name, Int128 BalanceMsat, AccountTarget? Target);
}
