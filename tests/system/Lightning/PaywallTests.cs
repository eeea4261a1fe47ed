using System.Net;
using System.Text.Json;
using MicroFirmware.Gateway;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;
using MicroFirmware.Lightning.Tests.Rig;
using MicroFirmware.Paywall.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MicroFirmware.System.Tests.Lightning;

/// <summary>A page behind the paywall of a gateway whose node is a real one, and a reader with another.</summary>
[Collection(RigCollection.Name)]
public sealed class PaywallTests(LightningRig lightning)
{
    private const string Page = "/articles/1";

    // Electrum asks in whole satoshi, so a reader of a page at a fraction of one pays one, and the site is credited it.
    private const int PriceMsat = 1_500;
    private const int InvoiceMsat = 2_000;

    [RigFact]
    public async Task Reader_pays_the_invoice_from_its_own_node_and_reads_and_the_site_is_credited_once()
    {
        await using MoneyRig money = await MoneyRig.StartAsync(lightning.Payee, _ => { }, new GatewayExtension(
            _ => { }, app => app.MapGet(Page, () => TypedResults.Text("what was paid for"))
                .RequirePayment(PriceMsat, "news")));
        using HttpClient reader = new() { BaseAddress = money.Owner.BaseAddress };

        (string token, string invoice) = await AskAsync(reader);
        Assert.True(Bolt11Reader.TryRead(invoice, out Bolt11Invoice? read, out string problem), problem);
        using ElectrumBackend wallet = MoneyRig.BackendOf(lightning.Payer);
        PaymentOutcome paid = await wallet.PayAsync(invoice, read!, 0, TimeSpan.FromSeconds(60), default);

        Assert.Equal((InvoiceMsat, PaymentState.Succeeded), (read!.AmountMsat, paid.State));
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync(reader, token, new byte[32]));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(reader, token, paid.Preimage));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(reader, token, paid.Preimage));
        JsonElement site = await money.GetAsync("/v1/accounts/site:news");
        JsonElement node = await money.GetAsync("/v1/accounts/lightning");
        Assert.Equal(($"{InvoiceMsat}", $"-{InvoiceMsat}"),
            (site.GetProperty("balance").GetString(), node.GetProperty("balance").GetString()));
        JsonElement entry = Assert.Single(
            (await money.GetAsync("/v1/accounts/site:news/entries")).GetProperty("entries").EnumerateArray());
        Assert.Equal($"l402:{Convert.ToHexStringLower(read.PaymentHash)}", entry.GetProperty("key").GetString());
    }

    private static async Task<(string Token, string Invoice)> AskAsync(HttpClient reader)
    {
        using HttpResponseMessage answer = await reader.GetAsync(Page);
        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);
        string challenge = answer.Headers.NonValidated["WWW-Authenticate"]
            .First(value => value.StartsWith("L402 ", StringComparison.Ordinal));
        return (ValueOf(challenge, "token"), ValueOf(challenge, "invoice"));
    }

    private static async Task<HttpStatusCode> ReadAsync(HttpClient reader, string token, byte[] preimage)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Page);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"L402 {token}:{Convert.ToHexStringLower(preimage)}");
        using HttpResponseMessage answer = await reader.SendAsync(request);
        return answer.StatusCode;
    }

    private static string ValueOf(string challenge, string name)
    {
        int start = challenge.IndexOf($"{name}=\"", StringComparison.Ordinal) + name.Length + 2;
        return challenge[start..challenge.IndexOf('"', start)];
    }
}
