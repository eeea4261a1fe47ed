namespace MicroFirmware.Lightning.Backends;

/// <summary>A node that can pay another one by its key alone, without an invoice.</summary>
public interface IKeysendNode : ILightningNode
{
    /// <summary>Pays a node. What the answers mean is as with an invoice.</summary>
    /// <param name="payment">Whom, how much, and the secret that names the payment.</param>
    /// <param name="feeLimitMsat">What the way may cost.</param>
    /// <param name="patience">How long the node shall try, whole seconds.</param>
    /// <param name="cancel">Gives up waiting; the payment is then unknown.</param>
    Task<PaymentOutcome> SendAsync(
        Keysend payment, long feeLimitMsat, TimeSpan patience, CancellationToken cancel);

    /// <summary>Asks what became of such a payment, by <see cref="Keysend.Hash"/>.</summary>
    Task<PaymentOutcome> FindKeysendAsync(byte[] hash, CancellationToken cancel);
}
