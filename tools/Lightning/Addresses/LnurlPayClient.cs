using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Addresses;

/// <summary>
/// From an address to an invoice (LUD-06, LUD-16), with every check that the specification asks for. Whatever the other
/// side says is an answer with a reason, never an exception.
/// </summary>
/// <remarks>Not here: comments, payer's data, success actions.</remarks>
public sealed class LnurlPayClient : IDisposable
{
    private const int MaxAnswerOctets = 64 * 1024;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;
    private readonly string _scheme;

    /// <summary>A client that reaches public addresses by TLS only.</summary>
    public LnurlPayClient()
        : this(PublicNetwork.NewHandler(), Uri.UriSchemeHttps)
    {
    }

    internal LnurlPayClient(HttpMessageHandler handler, string scheme)
    {
        _scheme = scheme;
        _http = new HttpClient(handler) { Timeout = s_timeout, MaxResponseContentBufferSize = MaxAnswerOctets };
    }

    /// <summary>Asks what a payee takes.</summary>
    /// <returns>The offer, or why there is none.</returns>
    public async Task<(PayOffer? Offer, string Problem)> AskAsync(PayTarget target, CancellationToken cancel)
    {
        (JsonElement answer, string problem) = await GetAsync(target.Url, cancel);
        if (problem.Length > 0)
        {
            return (null, problem);
        }

        if (answer.Text("tag") != "payRequest")
        {
            return (null, "The page is not for payments.");
        }

        if (!Uri.TryCreate(answer.Text("callback"), UriKind.Absolute, out Uri? callback)
            || callback.Scheme != _scheme || callback.UserInfo.Length > 0)
        {
            return (null, "The page names no address that may be asked for an invoice.");
        }

        (long least, long most) = (answer.Whole("minSendable") ?? 0, answer.Whole("maxSendable") ?? 0);
        string metadata = answer.Text("metadata");
        return least < 1 || most < least || !SaysWhatFor(metadata)
            ? (null, "The page's limits or its description cannot be used.")
            : (new PayOffer(callback, least, most, metadata), "");
    }

    /// <summary>Asks for an invoice, and checks that it is the one that was asked for.</summary>
    /// <param name="offer">What the payee takes.</param>
    /// <param name="amountMsat">How much.</param>
    /// <param name="prefix">The chain: <c>bc</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The invoice, or why there is none.</returns>
    public async Task<(string? Invoice, string Problem)> RequestAsync(
        PayOffer offer, long amountMsat, string prefix, CancellationToken cancel)
    {
        if (amountMsat < offer.MinMsat || amountMsat > offer.MaxMsat)
        {
            return (null, $"The payee takes {offer.MinMsat} to {offer.MaxMsat} msat.");
        }

        UriBuilder url = new(offer.Callback);
        string amount = amountMsat.ToString(CultureInfo.InvariantCulture);
        url.Query = url.Query.Length > 1 ? $"{url.Query[1..]}&amount={amount}" : $"amount={amount}";
        (JsonElement answer, string problem) = await GetAsync(url.Uri, cancel);
        if (problem.Length > 0)
        {
            return (null, problem);
        }

        string text = answer.Text("pr");
        if (!Bolt11Reader.TryRead(text, out Bolt11Invoice? invoice, out problem))
        {
            return (null, $"The payee's invoice cannot be read: {problem}.");
        }

        byte[] promised = SHA256.HashData(Encoding.UTF8.GetBytes(offer.Metadata));
        problem = invoice!.AmountMsat != amountMsat ? "The payee's invoice asks for another amount."
            : invoice.Prefix != prefix ? "The payee's invoice is for another chain."
            : invoice.DescriptionHash is not { } hash || !hash.AsSpan().SequenceEqual(promised)
                ? "The payee's invoice is not for what its page says."
            : "";
        return problem.Length == 0 ? (text, "") : (null, problem);
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>The body counts, whatever the status: services say errors in either way.</summary>
    private async Task<(JsonElement Answer, string Problem)> GetAsync(Uri url, CancellationToken cancel)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(url, cancel);
            byte[] octets = await response.Content.ReadAsByteArrayAsync(cancel);
            return !NodeJson.TryParse(octets, out JsonElement answer)
                ? (default, $"{url.Host} does not answer as it should: that is no JSON.")
                : answer.ValueKind != JsonValueKind.Object
                    ? (default, $"{url.Host} answers with something else.")
                : answer.Text("status").Equals("ERROR", StringComparison.OrdinalIgnoreCase)
                    ? (default, $"{url.Host} says: {Shorten(answer.Text("reason"))}")
                : (answer, "");
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return (default, $"{url.Host} does not answer as it should: {Shorten(e.Message)}");
        }
    }

    /// <summary>A list of pairs, one of which is the plain text that LUD-06 demands.</summary>
    private static bool SaysWhatFor(string metadata) =>
        NodeJson.TryParse(Encoding.UTF8.GetBytes(metadata), out JsonElement list)
            && list.ValueKind == JsonValueKind.Array
            && list.EnumerateArray().Any(pair => pair.ValueKind == JsonValueKind.Array
                && pair.GetArrayLength() == 2 && pair[0].ValueKind == JsonValueKind.String
                && pair[0].GetString() == "text/plain" && pair[1].ValueKind == JsonValueKind.String);

    /// <summary>A stranger's words, fit for one line of ours.</summary>
    private static string Shorten(string text)
    {
        string line = string.Concat(text.Where(c => !char.IsControl(c)));
        return line.Length <= 200 ? line : line[..200];
    }
}
