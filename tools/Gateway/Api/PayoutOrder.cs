namespace MicroFirmware.Gateway.Api;

/// <summary>A payout that somebody asks for.</summary>
/// <param name="Account">Who pays.</param>
/// <param name="Target">Who is paid; left out for the account's target.</param>
/// <param name="AmountMsat">How much; left out for all there is, or what the invoice says.</param>
/// <param name="DryRun">Whether it is only tried. Default no.</param>
internal sealed record PayoutOrder(string Account, string? Target = null, long? AmountMsat = null, bool DryRun = false);
