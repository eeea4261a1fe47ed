using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Tries a node: login, chain, template, time.</summary>
internal static class NodeTest
{
    public static async Task<UpstreamFindings> RunAsync(
        NodeOptions options, Coin coin, TimeProvider time, CancellationToken cancel)
    {
        using NodeClient client = new(
            options, new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }, time);
        List<(string, string)> details = [("coin", coin.Title)];
        long started = time.GetTimestamp();
        NodeAnswer chain = await CallAsync(client, "getblockchaininfo", [], time, cancel);
        if (!chain.Good)
        {
            return new UpstreamFindings(false, chain.Problem!, details);
        }

        details.Add(("latency", Milliseconds(time.GetElapsedTime(started))));
        details.Add(("chain", $"{Text(chain.Result, "chain")}, {Text(chain.Result, "blocks")} blocks"));
        if (chain.Result.TryGetProperty("initialblockdownload", out JsonElement loading)
            && loading.ValueKind == JsonValueKind.True)
        {
            details.Add(("state", "still downloading the chain: its templates are worthless until it has"));
        }

        started = time.GetTimestamp();
        NodeAnswer answer = await CallAsync(
            client, "getblocktemplate", NodeUpstream.TemplateRequest(coin, null), time, cancel);
        if (!answer.Good)
        {
            return new UpstreamFindings(false, $"It gives no template. {answer.Problem}", details);
        }

        if (!NodeTemplateReader.TryRead(answer.Result, coin, out NodeTemplate? template, out string problem))
        {
            return new UpstreamFindings(
                false, $"Its template cannot be used: {problem}. Is it a node of {coin.Title}?", details);
        }

        details.AddRange(Describe(template!, coin));
        details.Add(("template", $"good, after {Milliseconds(time.GetElapsedTime(started))}"));
        return new UpstreamFindings(true, $"{client.Name} works.", details);
    }

    private static IEnumerable<(string, string)> Describe(NodeTemplate node, Coin coin)
    {
        BlockTemplate template = node.Template;
        double difficulty = (double)Target.Work(Target.FromCompact(template.Bits)) / Target.DifficultyOneWork;
        yield return ("height", template.Height.ToString(CultureInfo.InvariantCulture));
        yield return ("difficulty", difficulty.ToString("G4", CultureInfo.InvariantCulture));
        yield return ("reward", string.Create(CultureInfo.InvariantCulture,
            $"{template.CoinbaseValue / (decimal)Consensus.Coin:0.########} {coin.Ticker}, "
            + $"{template.Transactions.Count} transactions"));
        yield return ("version", template.VersionMask == 0
            ? "no bits may be rolled"
            : $"bits {template.VersionMask:x8} may be rolled");
        yield return ("long-poll", node.LongPollId is null ? "no: it is asked every 2 s" : "yes");
    }

    private static async Task<NodeAnswer> CallAsync(
        NodeClient client, string method, JsonArray parameters, TimeProvider time, CancellationToken cancel)
    {
        using CancellationTokenSource timeout = new(client.AnswerTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            return await client.CallAsync(method, parameters, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return NodeAnswer.Failed(
                $"{client.Name} did not answer {method} within {client.AnswerTimeout.TotalSeconds} s.");
        }
    }

    private static string Text(JsonElement result, string name) =>
        result.ValueKind == JsonValueKind.Object && result.TryGetProperty(name, out JsonElement member)
            ? member.GetRawText().Trim('"') : "unknown";

    private static string Milliseconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.#} ms");
}
