using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams;

/// <summary>Blocks whose way to the node is cut: by a crash, or by a node that is away.</summary>
public sealed class BlockHandInTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [BcoinFact]
    public async Task Block_that_was_stored_and_not_handed_in_becomes_the_tip_after_the_next_start()
    {
        using BcoinNode node = await BcoinNode.StartAsync();
        await using (NodeUpstream upstream = Follow(node))
        await using (GatewayHost host = NewHost(new Mute(upstream)))
        {
            TaskCompletionSource working = new(TaskCreationOptions.RunContinuationsAsynchronously);
            upstream.Changed += _ => working.TrySetResult();
            await host.StartAsync();
            upstream.Start();
            await working.Task.WaitAsync(s_patience);
            await host.EnrolAsync("board", TestStore.Key);
            await using TestBoard board = new(host.HttpEndPoint.Port, host.MqttEndPoint.Port, "board", TestStore.Key);
            await board.ConnectAsync();
            ShareRecord share = TestBoard.Mine(await board.FetchAsync(), 1UL << 32);
            Assert.Equal(VerdictCode.BlockFound, (await board.SendAsync(share)).Code);
        }

        Assert.Equal(0, (await node.CallAsync("getblockcount")).GetInt32());
        await using (NodeUpstream upstream = Follow(node))
        await using (GatewayHost host = NewHost(upstream))
        {
            TaskCompletionSource<FoundBlock> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
            host.BlockFound += found.SetResult;
            await host.StartAsync();
            FoundBlock block = await found.Task.WaitAsync(s_patience);
            Assert.Equal((BlockState.Accepted, 1, "board"), (block.State, block.Height, block.Device));
            Assert.Equal(block.Hash, await node.BestBlockAsync());
        }
    }

    [Fact]
    public async Task Block_that_nobody_could_take_is_handed_in_again_while_the_gateway_runs()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(blockWork: 16);
        gateway.Upstream.Answer = new SubmitOutcome(SubmitStatus.Unknown, "The node is away.");
        TaskCompletionSource<FoundBlock> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Host.BlockFound += found.SetResult;
        await using TestBoard board = await gateway.EnrolAsync("board");
        await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 1UL << 32));
        await gateway.Upstream.FirstBlock.WaitAsync(s_patience);
        gateway.Upstream.Answer = new SubmitOutcome(SubmitStatus.Accepted);

        Assert.Equal(BlockState.Accepted, (await found.Task.WaitAsync(s_patience)).State);
        Assert.True(gateway.Upstream.Blocks.Length >= 2);
        Assert.Single(gateway.Upstream.Blocks.Select(block => block.Header.Hash()).Distinct());
    }

    private static NodeUpstream Follow(BcoinNode node) => new(
        [node.Options], Coin.Find("bitcoin-regtest"), BcoinNode.AnyonesScript, () => new SocketsHttpHandler(),
        TimeProvider.System, Backoff.Usual(new Random(1)), new UpstreamMetrics(), NullLogger<NodeUpstream>.Instance);

    private GatewayHost NewHost(IUpstream upstream)
    {
        GatewayOptions options = new();
        options.Http.Port = options.Mqtt.Port = 0;
        options.Storage.DataDirectory = _directory.Path;
        return GatewayHost.Create(options, TimeProvider.System, new Random(1), upstream);
    }

    /// <summary>Gives work, and takes blocks nowhere: what a crash between store and node looks like.</summary>
    private sealed class Mute(IUpstream upstream) : IUpstream
    {
        public event Action<BlockTemplate>? Changed
        {
            add => upstream.Changed += value;
            remove => upstream.Changed -= value;
        }

        public string Name => upstream.Name;

        public BlockTemplate? Current => upstream.Current;

        public Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel) =>
            Task.FromResult(new SubmitOutcome(SubmitStatus.Unknown, "Cut off."));
    }
}
