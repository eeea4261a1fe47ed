using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Backends;

/// <summary>
/// ACINQ's phoenixd (form <c>POST /payinvoice</c>, <c>GET /payments/outgoingbyhash</c>, <c>POST /createinvoice</c>;
/// phoenixd 0.6, its API page and Api.kt). Its server was not run here: tested against exchanges shaped by those.
/// </summary>
/// <remarks>
/// Its fee is fixed, not found on the way: an invoice whose fee is above the limit is not sent. It counts invoices in
/// satoshi, and takes descriptions of up to 128 characters.
/// </remarks>
public sealed class PhoenixdBackend : RestBackend
{
    /// <summary>The fee that phoenixd's page names: 4 sat and 0.4 %.</summary>
    internal const long FeeBaseMsat = 4_000;

    internal const long FeePpm = 4_000;

    private const int MaxDescription = 128;
    private const int NotFound = 404;
    private const string NeverSent = "Not found";
    private const int Million = 1_000_000;

    /// <summary>Prepares; connects to nothing yet.</summary>
    /// <param name="access">Where it is, and its <c>http-password</c>.</param>
    /// <param name="handler">Carries the requests; disposed with this.</param>
    public PhoenixdBackend(NodeAccess access, HttpMessageHandler handler)
        : base(access.Url, handler, headers => headers.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($":{access.Secret}"))))
    {
    }

    /// <inheritdoc/>
    public override string Name => $"phoenixd at {Http.Url}";

    /// <inheritdoc/>
    public override async Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel)
    {
        string hash = Convert.ToHexStringLower(paymentHash);
        NodeReply reply = await Http.GetAsync($"payments/outgoingbyhash/{hash}", cancel);

        // A server that has no such page answers 404 as well, in other words.
        if (reply.Status == NotFound && reply.Words == NeverSent)
        {
            return PaymentOutcome.Failure("the node never sent it");
        }

        JsonElement payment = reply.Body;
        return payment.Text("paymentHash") != hash ? PaymentOutcome.Open(reply.Reason)
            : payment.IsTrue("isPaid")
                ? payment.Msat("fees") is >= 0 and { } fee && payment.Preimage("preimage", paymentHash) is { } preimage
                    ? PaymentOutcome.Success(preimage, fee)
                    : PaymentOutcome.Open("the node says that it is paid, and does not prove it")
            : payment.Member("isPaid").ValueKind == JsonValueKind.False && payment.Whole("completedAt") > 0
                ? PaymentOutcome.Failure("the node gave it up")
            : PaymentOutcome.Open("the node is at it");
    }

    /// <inheritdoc/>
    public override async Task<string?> RequestAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel)
    {
        Dictionary<string, string> form = new()
        {
            ["amountSat"] = WholeSatoshi(amountMsat).ToString(CultureInfo.InvariantCulture),
            ["description"] = description.Length <= MaxDescription ? description : description[..MaxDescription],
            ["expirySeconds"] = ((long)expiry.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        };
        NodeReply reply = await Http.PostAsync("createinvoice", form, NodeHttp.Margin, cancel);
        return TextOrNull(reply.Body.Text("serialized"));
    }

    private protected override async Task<string?> SendAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        Int128 fee = FeeBaseMsat + ((Int128)(invoice.AmountMsat ?? 0) * FeePpm / Million);
        if (fee > feeLimitMsat)
        {
            return $"phoenixd's fee is {fee} msat, the limit {feeLimitMsat} msat: raise the payouts' fee limit.";
        }

        NodeReply reply = await Http.PostAsync(
            "payinvoice", new Dictionary<string, string> { ["invoice"] = text }, patience + NodeHttp.Margin, cancel);
        string reason = reply.Body.Text("reason");
        return reply.Body.Text("paymentHash") == Convert.ToHexStringLower(invoice.PaymentHash)
            && reply.Body.Member("paymentPreimage").ValueKind == default
            ? TextOrNull(reason)
            : null;
    }
}
