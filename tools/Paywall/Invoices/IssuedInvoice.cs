namespace MicroFirmware.Paywall.Invoices;

/// <summary>An invoice that waits to be paid.</summary>
/// <param name="Text">BOLT 11.</param>
/// <param name="PaymentHash">The hash that its preimage has, 32 octets.</param>
public sealed record IssuedInvoice(string Text, byte[] PaymentHash);
