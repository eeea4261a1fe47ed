using System.Net;

namespace MicroFirmware.Micro.Paywalls;

/// <summary>What <c>micro paywall</c> was told.</summary>
/// <param name="To">The site behind it.</param>
/// <param name="PriceMsat">What a page costs.</param>
/// <param name="Listen">Where readers come.</param>
/// <param name="Data">The folder of its files.</param>
/// <param name="Site">Whose account is credited.</param>
/// <param name="CoversSite">Whether a token opens the whole site.</param>
/// <param name="Uses">How many requests a token is good for; null for any number.</param>
/// <param name="Validity">How long a token is good.</param>
/// <param name="Payers">A key file of boards that pay with their balance; null for none.</param>
/// <param name="HasStandIn">Whether invoices come from a stand-in for a node.</param>
internal sealed record PaywallOptions(
    Uri To,
    long PriceMsat,
    IPEndPoint Listen,
    string Data,
    string Site,
    bool CoversSite,
    int? Uses,
    TimeSpan Validity,
    string? Payers,
    bool HasStandIn);
