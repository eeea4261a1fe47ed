using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Tests.Payouts;

/// <summary>A node that says what a test wants.</summary>
internal sealed class ScriptedBackend : ILightningBackend
{
    public string Name => "script";

    public Func<PaymentOutcome> OnPay { get; set; } = () => PaymentOutcome.Success(new byte[32], 0);

    /// <summary>What happens while a payment is under way.</summary>
    public Func<Task> WhilePaying { get; set; } = () => Task.CompletedTask;

    public Func<PaymentOutcome> OnFind { get; set; } = () => PaymentOutcome.Open("");

    public int Sent { get; private set; }

    public async Task<PaymentOutcome> PayAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        Sent++;
        await WhilePaying();
        return OnPay();
    }

    public Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel) => Task.FromResult(OnFind());
}
