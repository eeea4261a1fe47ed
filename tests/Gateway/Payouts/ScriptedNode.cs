using System.Collections.Concurrent;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Gateway.Tests.Payouts;

/// <summary>A node that says what a test wants, and remembers what it was sent.</summary>
internal sealed class ScriptedNode : IKeysendNode
{
    public string Name => "script";

    public Func<PaymentOutcome> OnPay { get; set; } = () => PaymentOutcome.Success(new byte[32], 0);

    public Func<PaymentOutcome> OnFind { get; set; } = () => PaymentOutcome.Open("not known yet");

    public Func<long, string?> OnRequest { get; set; } = _ => null;

    public ConcurrentQueue<long> Sent { get; } = new();

    public Task<PaymentOutcome> PayAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        Sent.Enqueue(invoice.AmountMsat!.Value);
        return Task.FromResult(OnPay());
    }

    public Task<PaymentOutcome> SendAsync(
        Keysend payment, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        Sent.Enqueue(payment.AmountMsat);
        return Task.FromResult(OnPay());
    }

    public Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel) => Task.FromResult(OnFind());

    public Task<PaymentOutcome> FindKeysendAsync(byte[] hash, CancellationToken cancel) => Task.FromResult(OnFind());

    public Task<string?> RequestAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel) =>
        Task.FromResult(OnRequest(amountMsat));

    public void Dispose()
    {
    }
}
