using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Tests.Jobs;
using MicroFirmware.Gateway.Upstreams;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams;

public sealed class NodeUpstreamTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly byte[] s_payout = [0x51];
    private static readonly Block s_block = Block.Parse(Convert.FromHexString(GatewayVectors.RegtestBlock));

    [Fact]
    public async Task Templates_are_asked_for_with_rules_and_then_by_long_poll()
    {
        Node node = new();
        await using NodeUpstream upstream = Follow(node);
        Task<BlockTemplate> changed = NextTemplate(upstream);
        upstream.Start();

        Call first = await node.TakeAsync();
        Assert.Equal("getblocktemplate", first.Method);
        Assert.Equal("[{\"rules\":[\"segwit\"]}]", first.Parameters);
        Assert.Equal("Basic " + Convert.ToBase64String("x:secret"u8), first.Authorization);
        first.Answer(Template(height: 912));
        Assert.Equal(912, (await changed).Height);
        Assert.Equal(912, upstream.Current!.Height);

        changed = NextTemplate(upstream);
        Call second = await node.TakeAsync();
        Assert.Contains("\"longpollid\":\"486096", second.Parameters, StringComparison.Ordinal);
        second.Answer(Template(height: 913));
        Assert.Equal(913, (await changed).Height);
    }

    [Fact]
    public async Task New_tip_is_timed_and_the_same_tip_is_not()
    {
        // One of its own, so that nobody else's figures are heard.
        string coin = "namecoin";
        ConcurrentQueue<double> latencies = new();
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, hearing) =>
        {
            if (instrument.Name == "gateway.upstream.tip.latency")
            {
                hearing.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            if (tags[0].Value is string name && name.StartsWith(Coin.Find(coin).Title, StringComparison.Ordinal))
            {
                latencies.Enqueue(seconds);
            }
        });
        listener.Start();
        Node node = new();
        await using NodeUpstream upstream = Follow(coin, node);
        upstream.Start();
        (await node.TakeAsync()).Answer(Template(height: 1));
        (await node.TakeAsync()).Answer(Template(height: 1));
        await node.TakeAsync();

        Assert.InRange(Assert.Single(latencies), 0, s_patience.TotalSeconds);
    }

    [Fact]
    public async Task Parameters_of_a_coin_follow_the_request()
    {
        Node node = new();
        await using NodeUpstream upstream = Follow("digibyte-sha256d", node);
        upstream.Start();
        Assert.Equal("[{\"rules\":[\"segwit\"]},\"sha256d\"]", (await node.TakeAsync()).Parameters);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    [InlineData(HttpStatusCode.OK, "[]")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.InternalServerError, """{"result":null,"error":{"code":-10,"message":"syncing"}}""")]
    [InlineData(HttpStatusCode.OK, """{"result":{"version":1},"error":null}""")]
    public async Task Node_that_fails_is_followed_by_the_next(HttpStatusCode status, string body)
    {
        Node bad = new();
        Node good = new();
        await using NodeUpstream upstream = Follow(bad, good);
        Task<BlockTemplate> changed = NextTemplate(upstream);
        upstream.Start();
        (await bad.TakeAsync()).Answer(status, body);
        (await good.TakeAsync()).Answer(Template(height: 7));
        Assert.Equal(7, (await changed).Height);
    }

    [Fact]
    public async Task Nodes_that_all_fail_are_asked_again_after_a_pause()
    {
        Node node = new();
        await using NodeUpstream upstream = Follow(node);
        Task<BlockTemplate> changed = NextTemplate(upstream);
        upstream.Start();
        (await node.TakeAsync()).Fail();
        (await node.TakeAsync()).Answer(Template(height: 8));
        Assert.Equal(8, (await changed).Height);
    }

    [Theory]
    [InlineData("null", "null", SubmitStatus.Accepted)]
    [InlineData("\"high-hash\"", "null", SubmitStatus.Accepted)]
    [InlineData("\"duplicate\"", "\"high-hash\"", SubmitStatus.Duplicate)]
    [InlineData("\"inconclusive\"", "\"high-hash\"", SubmitStatus.Rejected)]
    [InlineData("\"inconclusive\"", "\"inconclusive\"", SubmitStatus.Unknown)]
    public async Task Block_goes_to_every_node_and_the_best_answer_counts(string one, string two, SubmitStatus status)
    {
        Node[] nodes = [new(), new()];
        await using NodeUpstream upstream = Follow(nodes);
        Task<SubmitOutcome> outcome = upstream.SubmitAsync(s_block, CancellationToken.None);
        Call first = await nodes[0].TakeAsync();
        Assert.Equal(("submitblock", $"[\"{GatewayVectors.RegtestBlock}\"]"), (first.Method, first.Parameters));
        first.Answer(HttpStatusCode.OK, $$"""{"result":{{one}},"error":null}""");
        (await nodes[1].TakeAsync()).Answer(HttpStatusCode.OK, $$"""{"result":{{two}},"error":null}""");
        await ConfirmAsync(nodes[0], one, s_block.Header.Hash());
        await ConfirmAsync(nodes[1], two, s_block.Header.Hash());
        Assert.Equal(status, (await outcome).Status);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"duplicate\"")]
    public async Task Block_that_came_second_is_not_accepted_although_the_node_took_it(string answer)
    {
        Node node = new();
        await using NodeUpstream upstream = Follow(node);
        Task<SubmitOutcome> outcome = upstream.SubmitAsync(s_block, CancellationToken.None);
        (await node.TakeAsync()).Answer(HttpStatusCode.OK, $$"""{"result":{{answer}},"error":null}""");
        await ConfirmAsync(node, answer, Hash256.Zero);
        Assert.Equal(new SubmitOutcome(SubmitStatus.Rejected, "another block was first"), await outcome);
    }

    [Fact]
    public async Task Block_that_nobody_takes_in_time_is_unknown()
    {
        Node node = new();
        await using NodeUpstream upstream = Follow(node);
        using CancellationTokenSource cancel = new();
        Task<SubmitOutcome> outcome = upstream.SubmitAsync(s_block, cancel.Token);
        await node.TakeAsync();
        await cancel.CancelAsync();
        Assert.Equal(SubmitStatus.Unknown, (await outcome).Status);

        outcome = upstream.SubmitAsync(s_block, CancellationToken.None);
        (await node.TakeAsync()).Fail();
        SubmitOutcome unreachable = await outcome;
        Assert.Equal(SubmitStatus.Unknown, unreachable.Status);
        Assert.Contains("Is the node running", unreachable.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_is_read_for_each_call()
    {
        using TemporaryDirectory directory = new();
        string cookie = directory.File(".cookie");
        Node node = new() { CookieFile = cookie };
        await using NodeUpstream upstream = Follow(node);
        SubmitOutcome outcome = await upstream.SubmitAsync(s_block, CancellationToken.None);
        Assert.Contains("cookie file cannot be read", outcome.Reason, StringComparison.Ordinal);

        await File.WriteAllTextAsync(cookie, "__cookie__:abc\n");
        Task<SubmitOutcome> accepted = upstream.SubmitAsync(s_block, CancellationToken.None);
        Call call = await node.TakeAsync();
        Assert.Equal("Basic " + Convert.ToBase64String("__cookie__:abc"u8), call.Authorization);
        call.Answer(HttpStatusCode.OK, """{"result":null,"error":null}""");
        await ConfirmAsync(node, "null", s_block.Header.Hash());
        Assert.Equal(SubmitStatus.Accepted, (await accepted).Status);
    }

    /// <summary>A node that took a block is asked what stands at its height.</summary>
    private static async Task ConfirmAsync(Node node, string answer, Hash256 atHeight)
    {
        if (answer is "null" or "\"duplicate\"")
        {
            Call call = await node.TakeAsync();
            Assert.Equal("getblockhash", call.Method);
            call.Answer(HttpStatusCode.OK, $$"""{"result":"{{atHeight}}","error":null}""");
        }
    }

    private static NodeUpstream Follow(params Node[] nodes) => Follow("bitcoin-regtest", nodes);

    private static NodeUpstream Follow(string coin, params Node[] nodes)
    {
        Queue<Node> handlers = new(nodes);
        NodeOptions[] options = [.. nodes.Select(node => new NodeOptions
        {
            Url = new Uri("http://127.0.0.1:8332"),
            User = "x",
            Password = "secret",
            CookieFile = node.CookieFile,
        })];
        return new NodeUpstream(options, Coin.Find(coin), s_payout, handlers.Dequeue, TimeProvider.System,
            Backoff.Usual(new Random(1)), new UpstreamMetrics(), NullLogger<NodeUpstream>.Instance);
    }

    private static Task<BlockTemplate> NextTemplate(NodeUpstream upstream)
    {
        TaskCompletionSource<BlockTemplate> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Changed += template => next.TrySetResult(template);
        return next.Task.WaitAsync(s_patience);
    }

    private static string Template(int height)
    {
        JsonObject template = JsonNode.Parse(GatewayVectors.Template)!.AsObject();
        template["height"] = height;
        return new JsonObject { ["result"] = template, ["error"] = null }.ToJsonString();
    }

    /// <summary>One request to a node, to be answered by the test.</summary>
    private sealed class Call(string authorization, JsonElement request)
    {
        private readonly TaskCompletionSource<HttpResponseMessage> _response = new();

        public string Authorization => authorization;

        public string Method => request.GetProperty("method").GetString()!;

        public string Parameters => request.GetProperty("params").GetRawText();

        public Task<HttpResponseMessage> Response => _response.Task;

        public void Answer(string body) => Answer(HttpStatusCode.OK, body);

        public void Answer(HttpStatusCode status, string body) => _response.SetResult(
            new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

        public void Fail() => _response.SetException(new HttpRequestException("Connection refused."));
    }

    private sealed class Node : HttpMessageHandler
    {
        private readonly System.Threading.Channels.Channel<Call> _calls =
            System.Threading.Channels.Channel.CreateUnbounded<Call>();

        public string? CookieFile { get; init; }

        public async Task<Call> TakeAsync() => await _calls.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Call call = new(request.Headers.Authorization!.ToString(), JsonDocument.Parse(body).RootElement);
            await _calls.Writer.WriteAsync(call, cancellationToken);
            return await call.Response.WaitAsync(cancellationToken);
        }
    }
}
