using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Backends;

/// <summary>
/// Electrum's daemon with a wallet loaded, by its JSON-RPC (electrum 4.3.4: <c>lnpay</c>, <c>lightning_history</c>,
/// <c>list_channels</c>, <c>add_request</c>). Tested against two real nodes.
/// </summary>
/// <remarks>
/// Electrum takes no fee limit and keeps to one of its own. It names no payment that is under way: one failed if it is
/// not in the history and no channel holds an unsettled amount, so while others are under way the answer is "unknown".
/// </remarks>
public sealed class ElectrumBackend : ILightningNode
{
    // What the daemon may need beyond its own time-out, on a busy machine.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(30);

    private const long MsatPerSatoshi = 1_000;
    private const decimal SatoshiPerBitcoin = 100_000_000;

    private readonly HttpClient _http;
    private readonly Uri _url;

    /// <summary>Prepares; connects to nothing yet.</summary>
    /// <param name="options">Where the daemon answers.</param>
    /// <param name="handler">Carries the requests.</param>
    public ElectrumBackend(ElectrumOptions options, HttpMessageHandler handler)
    {
        _url = options.Url;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));
    }

    /// <inheritdoc/>
    public string Name => $"Electrum at {_url}";

    /// <inheritdoc/>
    public async Task<PaymentOutcome> PayAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        JsonObject parameters = new() { ["invoice"] = text, ["timeout"] = (int)patience.TotalSeconds };
        (JsonElement result, string problem) = await CallAsync("lnpay", parameters, patience + s_margin, cancel);

        // Whatever it said: the history has the fee, and a payment that is settled is settled. That the channels hold
        // nothing means failure only when the call itself came to its end.
        PaymentOutcome found = await FindAsync(invoice.PaymentHash, cancel);
        bool ended = problem.Length == 0 && result.TryGetProperty("success", out _);
        return found.State == PaymentState.Failed && !ended ? PaymentOutcome.Open(problem) : found;
    }

    /// <inheritdoc/>
    public async Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel)
    {
        // The channels first: what settles in between is in the history then, and what is added was not asked for.
        (JsonElement channels, string problem) = await CallAsync("list_channels", [], s_margin, cancel);
        if (problem.Length > 0 || channels.ValueKind != JsonValueKind.Array)
        {
            return PaymentOutcome.Open(problem);
        }

        (JsonElement history, problem) = await CallAsync("lightning_history", [], s_margin, cancel);
        if (problem.Length > 0 || history.ValueKind != JsonValueKind.Array)
        {
            return PaymentOutcome.Open(problem);
        }

        string hash = Convert.ToHexStringLower(paymentHash);
        foreach (JsonElement entry in history.EnumerateArray())
        {
            if (entry.Text("payment_hash") == hash && entry.Preimage("preimage", paymentHash) is { } preimage)
            {
                return PaymentOutcome.Success(preimage, NumberOf(entry, "fee_msat"));
            }
        }

        return channels.EnumerateArray().Any(channel => NumberOf(channel, "local_unsettled_sent") != 0)
            ? PaymentOutcome.Open("a channel holds an amount that is not settled")
            : PaymentOutcome.Failure("the node did not find a way, or not in time");
    }

    /// <inheritdoc/>
    public async Task<string?> RequestAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel)
    {
        decimal bitcoin = ((amountMsat + MsatPerSatoshi - 1) / MsatPerSatoshi) / SatoshiPerBitcoin;
        JsonObject parameters = new()
        {
            ["amount"] = bitcoin.ToString("0.00000000", CultureInfo.InvariantCulture),
            ["memo"] = description,
            ["expiration"] = (long)expiry.TotalSeconds,
            ["force"] = true,
        };
        (JsonElement result, string problem) = await CallAsync("add_request", parameters, s_margin, cancel);
        string invoice = problem.Length == 0 ? result.Text("lightning_invoice") : "";
        return invoice.Length > 0 ? invoice : null;
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();

    private async Task<(JsonElement Result, string Problem)> CallAsync(
        string method, JsonObject parameters, TimeSpan time, CancellationToken cancel)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        either.CancelAfter(time);
        JsonObject request = new()
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = method,
            ["params"] = parameters,
        };
        try
        {
            using HttpResponseMessage answer = await _http.PostAsJsonAsync(_url, request, either.Token);
            JsonElement root = await answer.Content.ReadFromJsonAsync<JsonElement>(either.Token);
            return root.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null
                ? (default, $"{method}: {error}")
                : (root.GetProperty("result"), "");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException
            or InvalidOperationException or KeyNotFoundException)
        {
            return (default, $"{method}: {e.Message}");
        }
    }

    private static long NumberOf(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDecimal(out decimal number)
            ? (long)Math.Ceiling(number)
            : 0;
}
