using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;
using MicroFirmware.Paywall.Invoices;

namespace MicroFirmware.Gateway.Payments;

/// <summary>Invoices of the gateway's own node. Its word is checked: an invoice that asks for less than was wanted is
/// none.</summary>
internal sealed class NodeInvoices(ILightningNode node) : IInvoiceIssuer
{
    /// <inheritdoc/>
    public async Task<IssuedInvoice?> IssueAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel)
    {
        string? text = await node.RequestAsync(amountMsat, description, expiry, cancel);
        return text is not null && Bolt11Reader.TryRead(text, out Bolt11Invoice? invoice, out _)
            && invoice!.AmountMsat is { } asked && asked >= amountMsat
            ? new IssuedInvoice(text, invoice.PaymentHash, asked)
            : null;
    }
}
