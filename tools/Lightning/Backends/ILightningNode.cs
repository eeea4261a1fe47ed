namespace MicroFirmware.Lightning.Backends;

/// <summary>A node that pays and is paid.</summary>
public interface ILightningNode : ILightningBackend, IDisposable
{
    /// <summary>Asks the node for an invoice of its own.</summary>
    /// <param name="amountMsat">How much, 1 or more; a node that counts in satoshi rounds it up.</param>
    /// <param name="description">What for, a line.</param>
    /// <param name="expiry">How long it is good, whole seconds.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The invoice; null where the node gives none.</returns>
    Task<string?> RequestAsync(long amountMsat, string description, TimeSpan expiry, CancellationToken cancel);
}
