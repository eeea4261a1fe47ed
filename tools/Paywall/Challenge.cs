namespace MicroFirmware.Paywall;

/// <summary>What is asked of somebody who has not paid.</summary>
/// <param name="Token">Base64; worth nothing until the invoice is paid.</param>
/// <param name="Invoice">BOLT 11.</param>
public sealed record Challenge(string Token, string Invoice);
