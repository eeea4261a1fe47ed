using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Tests.Backends.Replay;

namespace MicroFirmware.Lightning.Tests.Backends;

/// <summary>The nodes with a REST interface, by exchanges that are shaped by their own pages.</summary>
public class RestBackendTests
{
    public static TheoryData<string, string, string> Cases
    {
        get
        {
            TheoryData<string, string, string> rows = [];
            foreach (ReplayCase replay in ReplayCase.All)
            {
                rows.Add(replay.Node, replay.Act, replay.Name);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Exchange_means_what_its_file_says(string node, string act, string name)
    {
        ReplayCase replay = ReplayCase.All.Single(c => (c.Node, c.Act, c.Name) == (node, act, name));
        await using ReplayServer server = new(replay.Exchanges);
        using ILightningNode backend = TestNodes.Open(node, server.Url, new SocketsHttpHandler());

        (string outcome, string words) = await ActAsync(backend, act, server.Hung.Token);

        Assert.Empty(server.Problems);
        Assert.Equal((replay.Expected, 0), (outcome, server.Left));
        Assert.DoesNotContain("secret-word", words + backend.Name);
    }

    [Theory]
    [InlineData("lnd")]
    [InlineData("corelightning")]
    [InlineData("lnbits")]
    [InlineData("phoenixd")]
    public async Task Pay_nobody_listens_is_unknown_and_says_no_secret(string node)
    {
        Uri nowhere = new($"http://127.0.0.1:{Rig.FreePort.Take()}");
        using ILightningNode backend = TestNodes.Open(node, nowhere, new SocketsHttpHandler());

        (string outcome, string words) = await ActAsync(backend, "pay", default);

        Assert.Equal("Unknown", outcome);
        Assert.DoesNotContain("secret-word", words + backend.Name);
        Assert.Null(await backend.RequestAsync(1, "a page", TimeSpan.FromMinutes(1), default));
    }

    [Theory]
    [InlineData(21_007, 4_083, false)]
    [InlineData(21_007, 4_084, true)]
    [InlineData(0, 4_000, true)]
    public async Task Phoenixd_fee_above_the_limit_is_not_sent(long amountMsat, long limitMsat, bool isSent)
    {
        List<string> asked = [];
        using CannedHandler handler = new(request =>
        {
            asked.Add(request);
            return (404, "Not found");
        });
        using ILightningNode backend = TestNodes.Open("phoenixd", new Uri("http://127.0.0.1:1"), handler);

        PaymentOutcome outcome = await backend.PayAsync(TestPayment.Text,
            TestPayment.Invoice with { AmountMsat = amountMsat }, limitMsat, TestPayment.Patience, default);

        Assert.Equal(isSent, asked.Contains("/payinvoice"));
        Assert.Equal(isSent ? PaymentState.Unknown : PaymentState.Failed, outcome.State);
    }

    private static async Task<(string Outcome, string Words)> ActAsync(
        ILightningNode backend, string act, CancellationToken cancel)
    {
        if (act == "request")
        {
            string? invoice = await backend.RequestAsync(
                TestPayment.AmountMsat, "a page", TimeSpan.FromMinutes(10), cancel);
            return (invoice ?? "nothing", "");
        }

        PaymentOutcome outcome = act switch
        {
            "pay" => await backend.PayAsync(
                TestPayment.Text, TestPayment.Invoice, TestPayment.FeeLimitMsat, TestPayment.Patience, cancel),
            "find" => await backend.FindAsync(TestPayment.Hash, cancel),
            "keysend" => await ((IKeysendNode)backend).SendAsync(
                TestPayment.Keysend, TestPayment.FeeLimitMsat, TestPayment.Patience, cancel),
            _ => await ((IKeysendNode)backend).FindKeysendAsync(TestPayment.Hash, cancel),
        };
        Assert.Equal(outcome.State == PaymentState.Succeeded ? TestPayment.Preimage : [], outcome.Preimage);
        return outcome.State == PaymentState.Succeeded
            ? ($"Succeeded {outcome.FeeMsat}", outcome.Reason)
            : ($"{outcome.State}", outcome.Reason);
    }
}
