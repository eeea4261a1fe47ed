using System.Globalization;
using MicroFirmware.Gateway.Payouts;

namespace MicroFirmware.Gateway.Api;

/// <summary>An account's payout target, and what the schedule would do now.</summary>
/// <param name="Account">The account.</param>
/// <param name="Target">Where it is paid.</param>
/// <param name="SetBy"><c>owner</c>, <c>holder</c>, or <c>name</c> where the account is named by it.</param>
/// <param name="ThresholdMsat">Balance from which it is paid; 0 for an invoice.</param>
/// <param name="Balance">What is on it, in digits.</param>
/// <param name="AmountMsat">What would be paid now; 0 for nothing.</param>
/// <param name="IsDue">Whether the next round pays it.</param>
/// <param name="Why">Why not, for people; empty where it does.</param>
internal sealed record TargetReport(
    string Account,
    string Target,
    string SetBy,
    long ThresholdMsat,
    string Balance,
    long AmountMsat,
    bool IsDue,
    string Why)
{
    public static TargetReport Of(DuePayout due) => new(due.Target.Account, due.Target.Target, due.Target.SetBy,
        due.ThresholdMsat, due.BalanceMsat.ToString(CultureInfo.InvariantCulture), due.AmountMsat, due.IsDue, due.Why);
}
