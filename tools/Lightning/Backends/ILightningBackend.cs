using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Backends;

/// <summary>
/// A node that pays. Whatever goes wrong on the way to it is an answer, not an exception, and leaves the payment
/// <see cref="PaymentState.Unknown"/>: only the node's own word that it failed makes it fail.
/// </summary>
public interface ILightningBackend
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Pays an invoice that names an amount.</summary>
    /// <param name="text">The invoice.</param>
    /// <param name="invoice">The same, read.</param>
    /// <param name="feeLimitMsat">What the way may cost, where the node can be told.</param>
    /// <param name="patience">How long the node shall try, whole seconds.</param>
    /// <param name="cancel">Gives up waiting; the payment is then unknown.</param>
    Task<PaymentOutcome> PayAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel);

    /// <summary>Asks what became of a payment. That it failed may be believed only when no <see cref="PayAsync"/> of it
    /// is running any more, on whatever machine: when its patience is over.</summary>
    /// <param name="paymentHash">32 octets.</param>
    /// <param name="cancel">Gives up waiting.</param>
    Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel);
}
