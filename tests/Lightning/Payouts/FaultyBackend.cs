using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Tests.Payouts;

/// <summary>A real node, with a gateway before it that is killed at the worst moments.</summary>
/// <param name="inner">The node.</param>
/// <param name="faultOf">The fault of a payment; null for none.</param>
internal sealed class FaultyBackend(ILightningBackend inner, Func<Bolt11Invoice, PayoutFault?> faultOf)
    : ILightningBackend
{
    public string Name => inner.Name;

    public async Task<PaymentOutcome> PayAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        PayoutFault? fault = faultOf(invoice);
        if (fault == PayoutFault.KilledBeforeSending)
        {
            throw new IOException("killed before sending");
        }

        using CancellationTokenSource lost = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (fault == PayoutFault.AnswerLost)
        {
            lost.CancelAfter(TimeSpan.FromMilliseconds(20));
        }

        PaymentOutcome outcome = await inner.PayAsync(text, invoice, feeLimitMsat, patience, lost.Token);
        return fault == PayoutFault.KilledAfterSending ? throw new IOException("killed after sending") : outcome;
    }

    public Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel) =>
        inner.FindAsync(paymentHash, cancel);
}
