using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>No node: it pays nothing, is paid nothing, and knows of nothing.</summary>
internal sealed class NoLightningNode : ILightningNode
{
    public string Name => "no node";

    public Task<PaymentOutcome> PayAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel) =>
        Task.FromResult(PaymentOutcome.Failure("the gateway has no Lightning node"));

    public Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel) =>
        Task.FromResult(PaymentOutcome.Open("the gateway has no Lightning node that could be asked"));

    public Task<string?> RequestAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel) =>
        Task.FromResult<string?>(null);

    public void Dispose()
    {
    }
}
