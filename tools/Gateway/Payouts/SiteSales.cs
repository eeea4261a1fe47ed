namespace MicroFirmware.Gateway.Payouts;

/// <summary>What a site behind the paywall has sold in the last thirty days.</summary>
/// <param name="Account">The site's account.</param>
/// <param name="Count">How many payments.</param>
/// <param name="LightningMsat">What came by Lightning.</param>
/// <param name="BalanceMsat">What came out of mined balances.</param>
/// <param name="IsPartial">Whether there was more than is counted here.</param>
internal sealed record SiteSales(
    string Account, int Count, Int128 LightningMsat, Int128 BalanceMsat, bool IsPartial);
