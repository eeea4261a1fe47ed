namespace MicroFirmware.Paywall.Invoices;

/// <summary>Nobody who is paid by Lightning: readers pay with a balance, or not at all.</summary>
public sealed class NoNode : IInvoiceIssuer
{
    /// <inheritdoc/>
    public Task<IssuedInvoice?> IssueAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel) =>
        Task.FromResult<IssuedInvoice?>(null);
}
