using System.Text.Json;
using System.Text.Json.Nodes;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Backends;

/// <summary>
/// A wallet of LNbits (<c>/api/v1/payments</c>, with its admin key; LNbits 1.x, core/views/payment_api). Its server was
/// not run here: tested against exchanges shaped by that interface.
/// </summary>
/// <remarks>
/// LNbits takes no fee limit: it keeps to its operator's reserve. It counts invoices in satoshi. A payment that it
/// shows as pending for ever, as users complain of, stays unknown for ever: only its operator can tell. Before 1.0 it
/// deleted payments that had failed only in its own eyes, so older servers are not for use with this.
/// </remarks>
public sealed class LnbitsBackend : RestBackend
{
    private const string Payments = "api/v1/payments";
    private const int NotFound = 404;
    private const string NeverSent = "Payment does not exist.";
    private const string Failed = "failed";

    /// <summary>Prepares; connects to nothing yet.</summary>
    /// <param name="access">Where it is, and the wallet's admin key.</param>
    /// <param name="handler">Carries the requests; disposed with this.</param>
    public LnbitsBackend(NodeAccess access, HttpMessageHandler handler)
        : base(access.Url, handler, headers => headers.TryAddWithoutValidation("X-Api-Key", access.Secret))
    {
    }

    /// <inheritdoc/>
    public override string Name => $"LNbits at {Http.Url}";

    /// <inheritdoc/>
    public override async Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel)
    {
        string hash = Convert.ToHexStringLower(paymentHash);
        NodeReply reply = await Http.GetAsync($"{Payments}/{hash}", cancel);
        if (reply.Status == NotFound && reply.Body.Text("detail") == NeverSent)
        {
            return PaymentOutcome.Failure("the wallet never sent it");
        }

        // What the wallet received has the same hash where payer and payee are wallets of one server.
        JsonElement details = reply.Body.Member("details");
        if (details.Text("payment_hash") != hash || details.Msat("amount") is not < 0)
        {
            return PaymentOutcome.Open(reply.Reason);
        }

        string status = details.Text("status");
        return status == Failed ? PaymentOutcome.Failure("the wallet gave it up")
            : status == "success" && details.Msat("fee") is <= 0 and > long.MinValue and { } fee
                && details.Preimage("preimage", paymentHash) is { } preimage
                ? PaymentOutcome.Success(preimage, -fee)
            : PaymentOutcome.Open(Line.Of($"the wallet says: {status}"));
    }

    /// <inheritdoc/>
    public override async Task<string?> RequestAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel)
    {
        JsonObject invoice = new()
        {
            ["out"] = false,
            ["amount"] = WholeSatoshi(amountMsat),
            ["unit"] = "sat",
            ["memo"] = description,
            ["expiry"] = (long)expiry.TotalSeconds,
        };
        NodeReply reply = await Http.PostAsync(Payments, invoice, NodeHttp.Margin, cancel);
        return TextOrNull(reply.Body.Text("bolt11")) ?? TextOrNull(reply.Body.Text("payment_request"));
    }

    private protected override async Task<string?> SendAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        JsonObject order = new() { ["out"] = true, ["bolt11"] = text };
        NodeReply reply = await Http.PostAsync(Payments, order, patience + NodeHttp.Margin, cancel);
        return reply.Body.Text("status") == Failed ? reply.Reason : null;
    }
}
