namespace MicroFirmware.Paywall.Invoices;

/// <summary>Somebody who is paid by Lightning: a node, or its stand-in.</summary>
public interface IInvoiceIssuer
{
    /// <summary>Asks for money.</summary>
    /// <param name="amountMsat">How much, 1 or more.</param>
    /// <param name="description">What for, a line.</param>
    /// <param name="expiry">How long the invoice is good, whole seconds.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null where the node does not answer, or cannot ask for such an amount.</returns>
    Task<IssuedInvoice?> IssueAsync(long amountMsat, string description, TimeSpan expiry, CancellationToken cancel);
}
