using System.Collections.Concurrent;
using System.Text.Json;
using MicroFirmware.Bitcoin;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Rewards;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Tests;
using MicroFirmware.Gateway.Tests.Stratum;
using MicroFirmware.Gateway.Tests.Upstreams;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Mining;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace MicroFirmware.System.Tests.Node;

/// <summary>Boards and Stratum miners mine real blocks for a real node, through one gateway.</summary>
public sealed class NodeMiningTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Boards = 50;
    private const int StratumMiners = 5;
    private const int HalvingInterval = 150;
    private const int Blocks = 20;

    /// <summary>The dust limit: what is left of a balance below it stays one.</summary>
    private const long LeastPaidMsat = 546_000;

    /// <summary>Shares of each Stratum miner: they are faster than a fleet of boards, which is to find blocks too.
    /// </summary>
    private const int StratumShares = 2;

    /// <summary>Ten times what it takes on an idle machine.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<string, FoundBlock> _found = new();
    private readonly Dictionary<string, long> _paid = [];
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [BcoinFact]
    public async Task Boards_and_stratum_miners_mine_20_blocks_that_are_the_nodes_chain()
    {
        using BcoinNode node = await BcoinNode.StartAsync();
        GatewayOptions options = Options(node);
        await using UpstreamSelector upstreams = UpstreamList.Create([.. options.Upstreams],
            () => throw new InvalidOperationException("No chain of our own is named."), TimeProvider.System,
            new Random(1), NullLoggerFactory.Instance);
        await using GatewayHost gateway = GatewayHost.Create(options, TimeProvider.System, new Random(2), upstreams);
        gateway.BlockFound += OnBlock;
        await gateway.StartAsync();
        upstreams.Start();

        await using (BoardFleet fleet = await StartBoardsAsync(gateway))
        {
            Task[] miners = [.. Enumerable.Range(0, StratumMiners).Select(i => Task.Run(() => MineAsync(gateway, i)))];
            await Task.WhenAll(miners).WaitAsync(s_patience);
            await _enough.Task.WaitAsync(s_patience);
            await Task.WhenAll(fleet.Boards.Select(board => board.UntilAsync("a verdict", HasVerdict)));
            await fleet.DrainAsync(Rig.Deadline);
            Assert.Contains(fleet.Boards, board => board.Statistics.Accepted > 0);
        }

        await UntilSettledAsync(options.Storage.DatabasePath);
        await MinePayingBlockAsync(gateway);
        await UntilSettledAsync(options.Storage.DatabasePath);
        await AssertChainAsync(node, gateway);
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until the node has said what became of every block: a share's verdict does not wait for that.
    /// </summary>
    private async Task UntilSettledAsync(string path)
    {
        using Database database = Database.Open(path);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        using CancellationTokenSource patience = new(s_patience);
        while (database.Scalar("SELECT count(*) FROM blocks") > _found.Count)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static bool HasVerdict(VirtualBoard board) =>
        board.Statistics.Accepted + board.Statistics.Rejected > 0;

    private void OnBlock(FoundBlock block)
    {
        _found[block.Hash] = block;
        if (_found.Values.Count(b => b.State == BlockState.Accepted) >= Blocks)
        {
            _enough.TrySetResult();
        }
    }

    private GatewayOptions Options(BcoinNode node)
    {
        GatewayOptions options = new();
        options.Http.Port = options.Mqtt.Port = 0;
        options.Stratum.Port = 0;
        options.Storage.DataDirectory = _directory.Path;
        options.Rewards.Rule = "pplns";
        options.Rewards.CoinbasePayees = 3;
        options.Rewards.Interval = TimeSpan.FromSeconds(0.2);
        options.Upstreams.Add(new UpstreamOptions
        {
            Url = node.Options.Url.ToString(),
            User = node.Options.User,
            Password = node.Options.Password,
            Coin = "bitcoin-regtest",
            PayoutAddress = Bech32.Encode("bcrt", 0, BcoinNode.AnyonesScript.AsSpan(2)),
        });
        return options;
    }

    private static async Task<BoardFleet> StartBoardsAsync(GatewayHost gateway)
    {
        Random random = new(3);
        BoardFleet fleet = new(TimeProvider.System, 1);
        GatewayAddress address = new("127.0.0.1", gateway.HttpEndPoint.Port, gateway.MqttEndPoint.Port, false);
        for (int i = 0; i < Boards; i++)
        {
            byte[] key = new byte[32];
            random.NextBytes(key);
            BoardIdentity identity = new($"board-{i}", key);
            Assert.Equal(EnrolResult.Enrolled, await gateway.EnrolAsync(identity.Id, key));
            fleet.Add(new VirtualBoardOptions
            {
                Identity = identity,
                Gateway = address,

                // Every second hash solves a block here: a few a second make a race of the whole fleet.
                Pace = new ScanPace(coreShare: 0.01, hashesPerSecond: 8),
            });
        }

        return fleet;
    }

    private async Task MineAsync(GatewayHost gateway, int number)
    {
        string user = $"{MinerAddress(number)}.worker";
        await using LineMiner miner = await LineMiner.StartAsync(gateway.StratumEndPoint!, user);
        for (int i = 0; i < StratumShares; i++)
        {
            string extranonce2 = i.ToString($"x{2 * miner.Extranonce2Size}");
            await miner.SubmitAsync(miner.Mine(extranonce2: extranonce2), id: 100 + i, user: user);
            await miner.UntilJobAsync();
        }
    }

    /// <summary>One more block, where miners still have a balance that is no dust: on a job that pays it.</summary>
    private async Task MinePayingBlockAsync(GatewayHost gateway)
    {
        await gateway.Room<RewardDesk>().RoundAsync();
        if (gateway.Room<MinerAccounts>().Largest.All(miner => miner.MilliSatoshi < LeastPaidMsat))
        {
            return;
        }

        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        using CancellationTokenSource patience = new(s_patience);
        while (gateway.Room<JobBoard>().Current!.Template.Payouts.Count == 0)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        TaskCompletionSource found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.BlockFound += _ => found.TrySetResult();
        string user = $"{MinerAddress(StratumMiners)}.worker";
        await using LineMiner miner = await LineMiner.StartAsync(gateway.StratumEndPoint!, user);
        await miner.SubmitAsync(miner.Mine(), id: 100, user: user);
        await found.Task.WaitAsync(s_patience);
    }

    private async Task AssertChainAsync(BcoinNode node, GatewayHost gateway)
    {
        int height = (await node.CallAsync("getblockcount")).GetInt32();
        Dictionary<string, FoundBlock> accepted = _found.Values.Where(b => b.State == BlockState.Accepted)
            .ToDictionary(b => b.Hash);
        output.WriteLine($"{height} blocks, {accepted.Values.Count(b => b.Device.StartsWith("board-"))} by boards; "
            + $"{_found.Count - accepted.Count} came second");
        Assert.True(height >= Blocks);
        for (int i = 1; i <= height; i++)
        {
            string hash = (await node.CallAsync("getblockhash", i)).GetString()!;
            Assert.True(accepted.Remove(hash, out FoundBlock? block), $"block {i} is not one that the gateway found");
            Assert.Equal(i, block.Height);
            Transaction coinbase = await CoinbaseAsync(node, hash);
            ulong reward = Consensus.Subsidy(i, HalvingInterval);
            Assert.Equal(reward, coinbase.Outputs.Aggregate(0UL, (sum, o) => sum + o.Value));
            Assert.Equal(BcoinNode.AnyonesScript, coinbase.Outputs[0].Script);
            Count(coinbase);
        }

        await AssertLedgerAsync(gateway);
        Assert.Empty(accepted);
        Assert.Equal(height, gateway.Statistics.BlocksAccepted);
    }

    private void Count(Transaction coinbase)
    {
        foreach (TransactionOutput output in coinbase.Outputs.Skip(1).Where(o => o.Value > 0))
        {
            string address = Address.FromScript(output.Script, Coin.Find("bitcoin-regtest").Addresses)!;
            _paid[address] = _paid.GetValueOrDefault(address) + (long)output.Value;
        }
    }

    /// <summary>What left each account is, to the satoshi, what the node's chain paid to its address.</summary>
    private async Task AssertLedgerAsync(GatewayHost gateway)
    {
        await gateway.Room<RewardDesk>().RoundAsync();
        Assert.NotEmpty(_paid);
        for (int i = 0; i < StratumMiners; i++)
        {
            output.WriteLine($"{MinerAddress(i)} was paid {_paid.GetValueOrDefault(MinerAddress(i))} satoshi");
            long paid = _paid.GetValueOrDefault(MinerAddress(i));
            Assert.Equal((Int128)paid * 1000, gateway.Room<Journal>().Find($"miner:{MinerAddress(i)}")?.Debits ?? 0);
        }
    }

    private static string MinerAddress(int number) =>
        Bech32.Encode("bcrt", 0, [.. Enumerable.Repeat((byte)(number + 1), 20)]);

    private static async Task<Transaction> CoinbaseAsync(BcoinNode node, string hash)
    {
        JsonElement raw = await node.CallAsync("getblock", hash, false);
        return Block.Parse(Convert.FromHexString(raw.GetString()!)).Transactions[0];
    }
}
