using System.Text.Json;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Gateway.Tests.Stratum;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

/// <summary>A gateway whose pool is another gateway: both ends of Stratum are ours, and neither takes the other's word.
/// </summary>
public sealed class GatewayAboveTests : IDisposable
{
    private const ulong ShareWork = 16;
    private const int Shares = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Shares_of_the_lower_gateway_are_credited_by_the_upper_one(bool stratumBelow)
    {
        await using RunningGateway upper = await RunningGateway.StartAsync(options =>
        {
            options.Stratum.Port = 0;
            options.Shares.MinWork = options.Shares.StartWork = options.Shares.MaxWork = ShareWork;
        });
        GatewayOptions options = Options(upper.Host.StratumEndPoint!.Port);
        await using UpstreamSelector upstreams = UpstreamList.Create([.. options.Upstreams],
            () => throw new InvalidOperationException("No chain of our own is named."), TimeProvider.System,
            new Random(1), NullLoggerFactory.Instance);
        await using GatewayHost lower = GatewayHost.Create(options, TimeProvider.System, new Random(2), upstreams);
        TaskCompletionSource working = new(TaskCreationOptions.RunContinuationsAsynchronously);
        upstreams.Changed += _ => working.TrySetResult();
        await lower.StartAsync();
        upstreams.Start();
        await working.Task.WaitAsync(s_patience);

        Assert.Equal(1, upstreams.Current!.Height);
        await (stratumBelow ? MineStratumAsync(lower) : MineAsync(lower));

        // A work is a whole number, so a board's target is a little above the pool's: some of its shares stay below.
        using Database database = Database.Open(options.Storage.DatabasePath);
        long sent = database.Scalar("SELECT count(*) FROM pool_shares");
        Assert.InRange(sent, Shares / 4, Shares);
        await UntilAsync(() => upstreams.Reports()[0].Pool!.Accepted == sent);

        PoolReport pool = upstreams.Reports()[0].Pool!;
        Assert.Equal((0, 0, 0), (pool.Rejected, pool.Unknown, pool.Lost));
        DeviceReport credited = Assert.Single(upper.Host.Devices);
        Assert.Equal(("me.gateway", sent), (credited.Id, credited.Accepted));
        await UntilAsync(() => database.Scalar("SELECT count(*) FROM pool_shares WHERE state=1") == sent);
    }

    private static async Task MineAsync(GatewayHost lower)
    {
        await lower.EnrolAsync("board", TestStore.Key);
        await using TestBoard board = new(lower.HttpEndPoint.Port, lower.MqttEndPoint.Port, "board", TestStore.Key);
        await board.ConnectAsync();
        WorkRecord work = await board.FetchAsync();
        uint nonce = 0;
        for (ulong i = 0; i < Shares; i++)
        {
            ShareRecord share = TestBoard.Mine(work, (1UL << 32) + i, nonce);
            nonce = share.Nonce + 1;
            Assert.Equal(VerdictCode.Accepted, (await board.SendAsync(share)).Code);
        }
    }

    private static async Task MineStratumAsync(GatewayHost lower)
    {
        await using LineMiner miner = await LineMiner.StartAsync(lower.StratumEndPoint!, "account.worker");
        uint nonce = 0;
        for (int i = 0; i < Shares; i++)
        {
            (string ExtraNonce2, uint NTime, uint Nonce) share = miner.Mine(nonce);
            nonce = share.Nonce + 1;
            JsonElement answer = await miner.SubmitAsync(share, id: 100 + i);
            Assert.True(answer.GetProperty("result").ValueKind == JsonValueKind.True, answer.GetRawText());
        }
    }

    private GatewayOptions Options(int poolPort)
    {
        GatewayOptions options = new();
        options.Http.Port = options.Mqtt.Port = 0;
        options.Stratum.Port = 0;
        options.Storage.DataDirectory = _directory.Path;

        // As hard as the pool's, so that most shares go up.
        options.Shares.StartWork = ShareWork;
        options.Shares.MinWork = 1;
        options.Upstreams.Add(new UpstreamOptions
        {
            Url = $"stratum+tcp://localhost:{poolPort}",
            User = "me.gateway",
            Timeout = s_patience,
        });
        return options;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(10));
        using CancellationTokenSource patience = new(s_patience);
        while (!condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
