namespace MicroFirmware.Lightning.Addresses;

/// <summary>What a payee takes (LUD-06).</summary>
/// <param name="Callback">Where an invoice is asked for.</param>
/// <param name="MinMsat">The least amount.</param>
/// <param name="MaxMsat">The most.</param>
/// <param name="Metadata">What is paid for, octet by octet as it was sent: the invoice must commit to its hash.</param>
public sealed record PayOffer(Uri Callback, long MinMsat, long MaxMsat, string Metadata);
