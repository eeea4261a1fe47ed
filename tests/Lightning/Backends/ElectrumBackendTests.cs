using System.Security.Cryptography;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;
using MicroFirmware.Lightning.Tests.Rig;

namespace MicroFirmware.Lightning.Tests.Backends;

/// <summary>Electrum's daemon, with real payments over a real channel.</summary>
[Collection(RigCollection.Name)]
public class ElectrumBackendTests(LightningRig rig)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [RigFact]
    public async Task PayAsync_invoice_is_paid_once_however_often_it_is_asked()
    {
        using ElectrumBackend backend = rig.Backend();
        string text = await rig.InvoiceAsync(111, "once");
        Bolt11Invoice invoice = Read(text);

        PaymentOutcome first = await backend.PayAsync(text, invoice, 3_000, s_patience, default);
        PaymentOutcome again = await backend.PayAsync(text, invoice, 3_000, s_patience, default);
        PaymentOutcome found = await backend.FindAsync(invoice.PaymentHash, default);

        Assert.Equal((PaymentState.Succeeded, ""), (first.State, first.Reason));
        Assert.Equal(invoice.PaymentHash, SHA256.HashData(first.Preimage));
        Assert.Equal((PaymentState.Succeeded, PaymentState.Succeeded), (again.State, found.State));
        Assert.Equal("once", invoice.Description);
        Assert.Equal(111_000, invoice.AmountMsat);
        Assert.Equal(2 * 3600, invoice.ExpiresUnixSeconds - invoice.UnixSeconds);
    }

    [RigFact]
    public async Task PayAsync_more_than_the_channel_holds_fails()
    {
        using ElectrumBackend backend = rig.Backend();
        string text = await rig.InvoiceAsync(20_000_000, "too much");

        PaymentOutcome outcome = await backend.PayAsync(text, Read(text), 3_000, s_patience, default);

        Assert.Equal(PaymentState.Failed, outcome.State);
    }

    [RigFact]
    public async Task PayAsync_payee_is_frozen_is_unknown_and_settles_later()
    {
        using ElectrumBackend backend = rig.Backend();
        string text = await rig.InvoiceAsync(222, "frozen");
        Bolt11Invoice invoice = Read(text);

        await rig.Payee.SignalAsync("STOP");
        PaymentOutcome frozen = await backend.PayAsync(text, invoice, 3_000, TimeSpan.FromSeconds(3), default);
        await rig.Payee.SignalAsync("CONT");

        Assert.Equal(PaymentState.Unknown, frozen.State);
        await Patience.UntilAsync("the frozen payment settles", async () =>
            (await backend.FindAsync(invoice.PaymentHash, default)).State == PaymentState.Succeeded);
    }

    [RigFact]
    public async Task FindAsync_payment_that_never_was_is_not_known()
    {
        using ElectrumBackend backend = rig.Backend();

        Assert.Equal(PaymentState.Failed, (await backend.FindAsync(new byte[32], default)).State);
    }

    [Fact]
    public async Task PayAsync_nobody_answers_is_unknown_and_says_no_password()
    {
        ElectrumOptions options = new(new Uri($"http://127.0.0.1:{FreePort.Take()}"), "user", "secret-word");
        using ElectrumBackend backend = new(options, new SocketsHttpHandler());
        string text = Invoices.Bolt11Vectors.Find("cup of coffee");

        PaymentOutcome outcome = await backend.PayAsync(text, Read(text), 1, s_patience, default);

        Assert.Equal(PaymentState.Unknown, outcome.State);
        Assert.DoesNotContain("secret-word", outcome.Reason + options + backend.Name);
    }

    private static Bolt11Invoice Read(string text)
    {
        Assert.True(Bolt11Reader.TryRead(text, out Bolt11Invoice? invoice, out string problem), problem);
        return invoice!;
    }
}
