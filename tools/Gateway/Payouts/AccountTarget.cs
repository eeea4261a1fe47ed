namespace MicroFirmware.Gateway.Payouts;

/// <summary>Where an account wants to be paid.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Target">The target as it was written.</param>
/// <param name="ThresholdMsat">Balance from which it is paid; null for the gateway's own.</param>
/// <param name="SetBy">Who said so: <c>owner</c>, <c>holder</c>, or <c>name</c> where the account is named by it.
/// </param>
/// <param name="SetAt">When.</param>
internal sealed record AccountTarget(
    string Account, string Target, long? ThresholdMsat, string SetBy, DateTimeOffset SetAt);
