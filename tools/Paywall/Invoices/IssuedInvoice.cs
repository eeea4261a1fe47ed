namespace MicroFirmware.Paywall.Invoices;

/// <summary>An invoice that waits to be paid.</summary>
/// <param name="Text">BOLT 11.</param>
/// <param name="PaymentHash">The hash that its preimage has, 32 octets.</param>
/// <param name="AmountMsat">What it asks for: what was wanted, or more where the node counts in satoshi.</param>
public sealed record IssuedInvoice(string Text, byte[] PaymentHash, long AmountMsat);
