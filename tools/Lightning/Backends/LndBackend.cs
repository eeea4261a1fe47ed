using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Backends;

/// <summary>
/// LND by its REST interface (<c>/v2/router/send</c>, <c>/v2/router/track</c>, <c>/v1/invoices</c>; lnd's API
/// reference, routerrpc and lnrpc, 0.18). Its server was not run here: tested against exchanges shaped by that
/// reference.
/// </summary>
/// <remarks>
/// A payment that waits for a hold invoice stays in flight for days, and may settle after its invoice expired; people
/// were paid twice that way. It is unknown for as long, and so is a failure while a part of it is still open.
/// </remarks>
public sealed class LndBackend : RestBackend, IKeysendNode
{
    private const string MacaroonHeader = "Grpc-Metadata-macaroon";

    // The record that carries a keysend's preimage (bLIP 3), and the feature that its receiver must have (BOLT 9).
    private const string PreimageRecord = "5482373484";
    private const int VariableOnion = 9;

    // gRPC's code for "not found", and lnd's words for a hash that it never sent anything to.
    private const int NotFound = 5;
    private const string NeverSent = "payment isn't initiated";

    private static readonly HashSet<string> s_failures =
    [
        "FAILURE_REASON_TIMEOUT",
        "FAILURE_REASON_NO_ROUTE",
        "FAILURE_REASON_ERROR",
        "FAILURE_REASON_INCORRECT_PAYMENT_DETAILS",
        "FAILURE_REASON_INSUFFICIENT_BALANCE",
        "FAILURE_REASON_CANCELED",
    ];

    /// <summary>Prepares; connects to nothing yet.</summary>
    /// <param name="access">Where it is, and the macaroon in hexadecimal digits.</param>
    /// <param name="handler">Carries the requests; disposed with this.</param>
    public LndBackend(NodeAccess access, HttpMessageHandler handler)
        : base(access.Url, handler, headers => headers.TryAddWithoutValidation(MacaroonHeader, access.Secret))
    {
    }

    /// <inheritdoc/>
    public override string Name => $"LND at {Http.Url}";

    /// <inheritdoc/>
    public override async Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel)
    {
        string hash = Convert.ToBase64String(paymentHash).Replace('+', '-').Replace('/', '_');
        NodeReply reply = await Http.FollowAsync($"v2/router/track/{hash}", null, _ => true, NodeHttp.Margin, cancel);
        JsonElement error = reply.Body.Member("error") is { ValueKind: JsonValueKind.Object } e ? e : reply.Body;
        return (error.Whole("code") ?? error.Whole("grpc_code")) == NotFound && error.Text("message") == NeverSent
            ? PaymentOutcome.Failure("the node never sent it")
            : Read(reply, paymentHash);
    }

    /// <inheritdoc/>
    public override async Task<string?> RequestAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel)
    {
        JsonObject invoice = new()
        {
            ["value_msat"] = TextOf(amountMsat),
            ["memo"] = description,
            ["expiry"] = TextOf((long)expiry.TotalSeconds),
        };
        NodeReply reply = await Http.PostAsync("v1/invoices", invoice, NodeHttp.Margin, cancel);
        return TextOrNull(reply.Body.Text("payment_request"));
    }

    /// <inheritdoc/>
    public async Task<PaymentOutcome> SendAsync(
        Keysend payment, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        JsonObject order = OrderOf(feeLimitMsat, patience);
        order["dest"] = Convert.ToBase64String(payment.NodeKey);
        order["amt_msat"] = TextOf(payment.AmountMsat);
        order["payment_hash"] = Convert.ToBase64String(payment.Hash);
        order["dest_custom_records"] = new JsonObject
        {
            [PreimageRecord] = Convert.ToBase64String(payment.Preimage),
        };
        order["dest_features"] = new JsonArray(VariableOnion);
        string? refusal = await OrderAsync(order, payment.Hash, patience, cancel);
        return Weigh(refusal, await FindAsync(payment.Hash, cancel));
    }

    /// <inheritdoc/>
    public Task<PaymentOutcome> FindKeysendAsync(byte[] hash, CancellationToken cancel) => FindAsync(hash, cancel);

    private protected override Task<string?> SendAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        JsonObject order = OrderOf(feeLimitMsat, patience);
        order["payment_request"] = text;
        return OrderAsync(order, invoice.PaymentHash, patience, cancel);
    }

    private async Task<string?> OrderAsync(
        JsonObject order, byte[] paymentHash, TimeSpan patience, CancellationToken cancel)
    {
        NodeReply reply = await Http.FollowAsync(
            "v2/router/send", order, IsEnd, patience + NodeHttp.Margin, cancel);
        PaymentOutcome said = Read(reply, paymentHash);
        return said.State == PaymentState.Failed ? said.Reason : null;
    }

    private static JsonObject OrderOf(long feeLimitMsat, TimeSpan patience) => new()
    {
        ["fee_limit_msat"] = TextOf(feeLimitMsat),
        ["timeout_seconds"] = (int)patience.TotalSeconds,
        ["no_inflight_updates"] = true,
    };

    private static bool IsEnd(JsonElement line) =>
        line.Member("result").Text("status") is "SUCCEEDED" or "FAILED" || line.Member("error").ValueKind != default;

    private static PaymentOutcome Read(NodeReply reply, byte[] paymentHash)
    {
        JsonElement payment = reply.Body.Member("result");
        if (payment.Text("payment_hash") != Convert.ToHexStringLower(paymentHash))
        {
            return PaymentOutcome.Open(reply.Reason);
        }

        string status = payment.Text("status");
        string reason = payment.Text("failure_reason");
        return status == "SUCCEEDED" && payment.Msat("fee_msat") is >= 0 and { } fee
                && payment.Preimage("payment_preimage", paymentHash) is { } preimage
                ? PaymentOutcome.Success(preimage, fee)
            : status == "FAILED" && s_failures.Contains(reason) && !HasOpenPart(payment)
                ? PaymentOutcome.Failure(reason)
            : PaymentOutcome.Open(Line.Of($"{status} {reason}"));
    }

    private static bool HasOpenPart(JsonElement payment) =>
        payment.Member("htlcs") is { ValueKind: JsonValueKind.Array } parts
        && parts.EnumerateArray().Any(part => part.Text("status") != "FAILED");

    private static string TextOf(long number) => number.ToString(CultureInfo.InvariantCulture);
}
