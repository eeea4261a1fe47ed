using System.Text.Json;
using System.Text.Json.Nodes;
using MicroFirmware.Bitcoin;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>
/// Templates from a Bitcoin node by getblocktemplate with long-poll (BIP 22, BIP 23); solved blocks go to every node.
/// Where the first node fails, the next one gives templates, until the first is back.
/// </summary>
public sealed class NodeUpstream : IUpstream, IAsyncDisposable
{
    /// <summary>How long a call waits for a better template. Then a fresh one is fetched, so that its time and its fees
    /// keep up.</summary>
    private static readonly TimeSpan s_longPoll = TimeSpan.FromSeconds(30);

    /// <summary>How often a node that knows no long-poll is asked.</summary>
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);

    /// <summary>How long another node than the first is followed before the first one is tried again.</summary>
    private static readonly TimeSpan s_return = TimeSpan.FromSeconds(60);

    private readonly NodeClient[] _nodes;
    private readonly Coin _coin;
    private readonly byte[] _payoutScript;
    private readonly TimeProvider _time;
    private readonly Backoff _backoff;
    private readonly UpstreamMetrics _metrics;
    private readonly ILogger<NodeUpstream> _log;
    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;
    private BlockTemplate? _template;
    private volatile bool _healthy;
    private volatile string? _problem;

    /// <summary>Prepares; <see cref="Start"/> begins.</summary>
    /// <param name="nodes">One or more, the preferred one first.</param>
    /// <param name="coin">The nodes' coin.</param>
    /// <param name="payoutScript">What blocks pay to.</param>
    /// <param name="newHandler">Makes what carries one node's requests.</param>
    /// <param name="time">The clock of pauses and long-polls.</param>
    /// <param name="backoff">The pauses after failures.</param>
    /// <param name="metrics">Told how long a new tip takes; the caller's.</param>
    /// <param name="log">Told of failures, once each.</param>
    /// <exception cref="ArgumentException">No node, or nothing to pay to.</exception>
    internal NodeUpstream(
        IReadOnlyList<NodeOptions> nodes,
        Coin coin,
        byte[] payoutScript,
        Func<HttpMessageHandler> newHandler,
        TimeProvider time,
        Backoff backoff,
        UpstreamMetrics metrics,
        ILogger<NodeUpstream> log)
    {
        ArgumentOutOfRangeException.ThrowIfZero(nodes.Count);
        ArgumentOutOfRangeException.ThrowIfZero(payoutScript.Length);
        _nodes = [.. nodes.Select(options => new NodeClient(options, newHandler(), time))];
        (_coin, _payoutScript, _time) = (coin, payoutScript, time);
        (_backoff, _metrics, _log) = (backoff, metrics, log);
    }

    /// <inheritdoc/>
    public event Action<BlockTemplate>? Changed;

    /// <inheritdoc/>
    public string Name => $"{_coin.Title} node {_nodes[0].Name}";

    /// <inheritdoc/>
    public BlockTemplate? Current => Volatile.Read(ref _template);

    /// <inheritdoc/>
    public bool Healthy => _healthy;

    /// <inheritdoc/>
    public void Start() => _following = Task.Run(() => FollowAsync(_stop.Token));

    /// <inheritdoc/>
    public void Retire()
    {
        _healthy = false;
        _ = _stop.CancelAsync();
    }

    /// <inheritdoc/>
    public async Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel)
    {
        string hex = Convert.ToHexStringLower(block.ToOctets());
        SubmitOutcome[] outcomes = await Task.WhenAll(_nodes.Select(node => SubmitAsync(node, block, hex, cancel)));
        return Array.Find(outcomes, outcome => outcome.Good)
            ?? Array.Find(outcomes, outcome => outcome.Status == SubmitStatus.Rejected)
            ?? outcomes[0];
    }

    /// <inheritdoc/>
    public IReadOnlyList<UpstreamReport> Reports() =>
        [new UpstreamReport(Name, Active: true, Healthy, Current?.Height, _problem, Pool: null)];

    /// <summary>Stops following.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        foreach (NodeClient node in _nodes)
        {
            node.Dispose();
        }

        _stop.Dispose();
    }

    private async Task<SubmitOutcome> SubmitAsync(NodeClient node, Block block, string hex, CancellationToken cancel)
    {
        try
        {
            NodeAnswer answer = await WithinAsync(node.AnswerTimeout, cancel,
                token => node.CallAsync("submitblock", [hex], token));
            if (!answer.Good)
            {
                return new SubmitOutcome(SubmitStatus.Unknown, answer.Problem!);
            }

            SubmitOutcome outcome =
                SubmitOutcome.Of(answer.Result.ValueKind == JsonValueKind.Null ? null : answer.Result.ToString());
            return outcome.Good && !await IsInChainAsync(node, block, cancel)
                ? new SubmitOutcome(SubmitStatus.Rejected, "another block was first")
                : outcome;
        }
        catch (OperationCanceledException)
        {
            return new SubmitOutcome(SubmitStatus.Unknown, $"{node.Name} did not answer in time.");
        }
    }

    /// <summary>Some nodes take a block that came second as readily as the tip, and say the same of both.</summary>
    /// <returns>Whether the block stands at its height; true where the node cannot tell.</returns>
    private async Task<bool> IsInChainAsync(NodeClient node, Block block, CancellationToken cancel)
    {
        if (Coinbase.ReadHeight(block.Transactions[0].Inputs[0].Script) is not { } height)
        {
            return true;
        }

        NodeAnswer answer = await WithinAsync(node.AnswerTimeout, cancel,
            token => node.CallAsync("getblockhash", [height], token));
        return answer.Result.ValueKind != JsonValueKind.String
            || answer.Result.GetString() == block.Header.Hash().ToString();
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        int at = 0;
        try
        {
            while (true)
            {
                string? problem = await FollowAsync(_nodes[at], at == 0 ? Timeout.InfiniteTimeSpan : s_return, stop);
                if (problem is null)
                {
                    at = 0;
                    continue;
                }

                _problem = problem;
                _log.LogWarning("No template: {Problem}", problem);
                at = (at + 1) % _nodes.Length;
                if (at == 0)
                {
                    _healthy = false;
                    await Task.Delay(_backoff.Next(), _time, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end that was asked for.
        }
    }

    /// <summary>Follows one node until it fails or its time is over.</summary>
    /// <returns>What went wrong; null when the time is over.</returns>
    private async Task<string?> FollowAsync(NodeClient node, TimeSpan time, CancellationToken stop)
    {
        long start = _time.GetTimestamp();
        string? longPollId = null;
        while (time == Timeout.InfiniteTimeSpan || _time.GetElapsedTime(start) < time)
        {
            NodeAnswer? answer = await AskAsync(node, longPollId, stop);
            if (answer is null && longPollId is not null)
            {
                longPollId = null;
                continue;
            }

            if (answer is not { Good: true } good)
            {
                return answer?.Problem ?? $"{node.Name} did not answer within {node.AnswerTimeout.TotalSeconds} s.";
            }

            if (!NodeTemplateReader.TryRead(good.Result, _coin, out NodeTemplate? read, out string problem))
            {
                return $"the template of {node.Name} cannot be used: {problem}.";
            }

            Publish(read!.Template with { PayoutScript = _payoutScript, Coin = _coin }, good.Arrived);
            longPollId = read.LongPollId;
            if (longPollId is null)
            {
                await Task.Delay(s_poll, _time, stop);
            }
        }

        return null;
    }

    private void Publish(BlockTemplate template, long arrived)
    {
        bool isNewTip = _template?.PreviousHash != template.PreviousHash;
        Volatile.Write(ref _template, template);
        (_healthy, _problem) = (true, null);
        _backoff.Reset();
        Changed?.Invoke(template);
        if (isNewTip)
        {
            _metrics.Tip(Name, _time.GetElapsedTime(arrived));
        }
    }

    /// <summary>Asks for a template.</summary>
    /// <returns>Null where the time was over first.</returns>
    private async Task<NodeAnswer?> AskAsync(NodeClient node, string? longPollId, CancellationToken stop)
    {
        JsonArray parameters = TemplateRequest(_coin, longPollId);
        try
        {
            return await WithinAsync(longPollId is null ? node.AnswerTimeout : s_longPoll, stop,
                token => node.CallAsync("getblocktemplate", parameters, token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>The parameters of getblocktemplate (BIP 22).</summary>
    /// <param name="coin">The node's coin.</param>
    /// <param name="longPollId">What the answer is to wait for; null to have it at once.</param>
    internal static JsonArray TemplateRequest(Coin coin, string? longPollId)
    {
        JsonObject request = new() { ["rules"] = new JsonArray([.. coin.Template.Rules.Select(Text)]) };
        if (longPollId is not null)
        {
            request["longpollid"] = longPollId;
        }

        return [request, .. coin.Template.Parameters.Select(Text)];
    }

    private static JsonNode Text(string text) => JsonValue.Create(text);

    private async Task<NodeAnswer> WithinAsync(
        TimeSpan time, CancellationToken cancel, Func<CancellationToken, Task<NodeAnswer>> call)
    {
        using CancellationTokenSource timeout = new(time, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        return await call(either.Token);
    }
}
