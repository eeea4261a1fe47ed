using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Backends;

/// <summary>
/// Core Lightning by clnrest (<c>/v1/pay</c>, <c>/v1/listpays</c>, <c>/v1/keysend</c>, <c>/v1/invoice</c>, with a rune;
/// doc/schemas of Core Lightning 24.11). Its server was not run here: tested against exchanges shaped by those pages.
/// </summary>
/// <remarks>
/// Not here: the description of an invoice that carries only its hash, which <c>pay</c> may ask for (<c>xpay</c> does
/// not). A keysend's preimage is the node's own choice, so such a payment is found again by its label.
/// </remarks>
public sealed class CoreLightningBackend : RestBackend, IKeysendNode
{
    private const int LabelSize = 16;

    /// <summary>The codes after which no part of a payment is under way: the payee refused it, no way, too expensive,
    /// expired, time over "without a payment in progress" (lightning-pay(7)).</summary>
    private static readonly HashSet<long> s_failures = [203, 205, 206, 207, 210];

    /// <summary>Prepares; connects to nothing yet.</summary>
    /// <param name="access">Where clnrest answers, and the rune.</param>
    /// <param name="handler">Carries the requests; disposed with this.</param>
    public CoreLightningBackend(NodeAccess access, HttpMessageHandler handler)
        : base(access.Url, handler, headers => headers.TryAddWithoutValidation("Rune", access.Secret))
    {
    }

    /// <inheritdoc/>
    public override string Name => $"Core Lightning at {Http.Url}";

    /// <inheritdoc/>
    public override async Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel)
    {
        string hash = Convert.ToHexStringLower(paymentHash);
        NodeReply reply = await Http.PostAsync(
            "v1/listpays", new JsonObject { ["payment_hash"] = hash }, NodeHttp.Margin, cancel);
        JsonElement list = reply.Body.Member("pays");
        if (list.ValueKind != JsonValueKind.Array)
        {
            return PaymentOutcome.Open(reply.Reason);
        }

        JsonElement[] pays = [.. list.EnumerateArray()];
        if (pays.Select(pay => Settled(pay, paymentHash)).FirstOrDefault(outcome => outcome is not null) is { } paid)
        {
            return paid;
        }

        return Array.TrueForAll(pays, pay => pay.Text("status") == "failed" && pay.Text("payment_hash") == hash)
            ? PaymentOutcome.Failure(pays.Length == 0 ? "the node never sent it" : "the node gave it up")
            : PaymentOutcome.Open("the node is at it");
    }

    /// <inheritdoc/>
    public override async Task<string?> RequestAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel)
    {
        JsonObject invoice = new()
        {
            ["amount_msat"] = amountMsat,
            ["label"] = $"micro-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(LabelSize))}",
            ["description"] = description,
            ["expiry"] = (long)expiry.TotalSeconds,
        };
        NodeReply reply = await Http.PostAsync("v1/invoice", invoice, NodeHttp.Margin, cancel);
        return TextOrNull(reply.Body.Text("bolt11"));
    }

    /// <inheritdoc/>
    public async Task<PaymentOutcome> SendAsync(
        Keysend payment, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        JsonObject order = new()
        {
            ["destination"] = Convert.ToHexStringLower(payment.NodeKey),
            ["amount_msat"] = payment.AmountMsat,
            ["maxfee"] = feeLimitMsat,
            ["retry_for"] = (int)patience.TotalSeconds,
            ["label"] = LabelOf(payment.Hash),
        };
        string? refusal = await OrderAsync("v1/keysend", order, patience, cancel);
        return Weigh(refusal, await FindKeysendAsync(payment.Hash, cancel));
    }

    /// <inheritdoc/>
    public async Task<PaymentOutcome> FindKeysendAsync(byte[] hash, CancellationToken cancel)
    {
        // Hexadecimal digits only: nothing in the label can end the text.
        string query = $"SELECT DISTINCT payment_hash FROM sendpays WHERE label = '{LabelOf(hash)}'";
        NodeReply reply = await Http.PostAsync(
            "v1/sql", new JsonObject { ["query"] = query }, NodeHttp.Margin, cancel);
        if (reply.Body.Member("rows") is not { ValueKind: JsonValueKind.Array } rows)
        {
            return PaymentOutcome.Open(reply.Reason);
        }

        string[] hashes = [.. rows.EnumerateArray().Select(FirstText)];
        return hashes.Length == 0 ? PaymentOutcome.Failure("the node never sent it")
            : hashes is [{ Length: 64 } only] && only.All(char.IsAsciiHexDigit)
                ? await FindAsync(Convert.FromHexString(only), cancel)
            : PaymentOutcome.Open("the node has several payments of one label");
    }

    private protected override Task<string?> SendAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        JsonObject order = new()
        {
            ["bolt11"] = text,
            ["maxfee"] = feeLimitMsat,
            ["retry_for"] = (int)patience.TotalSeconds,
            ["label"] = LabelOf(invoice.PaymentHash),
        };
        return OrderAsync("v1/pay", order, patience, cancel);
    }

    private async Task<string?> OrderAsync(
        string path, JsonObject order, TimeSpan patience, CancellationToken cancel)
    {
        NodeReply reply = await Http.PostAsync(path, order, patience + NodeHttp.Margin, cancel);
        return reply.Body.Whole("code") is { } code && s_failures.Contains(code) ? $"{code}: {reply.Reason}" : null;
    }

    private static PaymentOutcome? Settled(JsonElement pay, byte[] paymentHash) =>
        pay.Text("status") == "complete" && pay.Preimage("preimage", paymentHash) is { } preimage
            && pay.Msat("amount_msat") is { } amount && pay.Msat("amount_sent_msat") is { } sent
            && amount >= 0 && sent >= amount
            ? PaymentOutcome.Success(preimage, sent - amount)
            : null;

    private static string FirstText(JsonElement row) =>
        row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == 1 && row[0].ValueKind == JsonValueKind.String
            ? row[0].GetString()!
            : "";

    private static string LabelOf(byte[] hash) => $"micro-{Convert.ToHexStringLower(hash)}";
}
