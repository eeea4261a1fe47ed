using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Emulator.Miners;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Shares;

namespace MicroFirmware.System.Tests;

/// <summary>Both kinds of device on one gateway: boards over HTTP and MQTT, miners over Stratum.</summary>
public sealed class StratumMiningTests : IAsyncLifetime
{
    private const int SharesEach = 5;

    private Rig _rig = null!;

    public async Task InitializeAsync() => _rig = await Rig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Boards_and_miners_mine_side_by_side_and_none_is_refused_a_good_share()
    {
        using CancellationTokenSource stop = new();
        VirtualBoard board = await _rig.AddBoardAsync("a");
        Mining[] miners =
        [
            Start(new MinerSettings("127.0.0.1", _rig.StratumPort, "micro.plain", HashesPerSecond: 50_000), stop.Token),
            Start(new MinerSettings("127.0.0.1", _rig.StratumPort, "micro.rolling", HashesPerSecond: 50_000,
                SuggestedDifficulty: 0.000002, RollsVersions: true), stop.Token),
        ];

        await board.UntilAsync("five shares", b => b.Statistics.Accepted >= SharesEach);
        await Task.WhenAll(miners.Select(miner => miner.Enough)).WaitAsync(Rig.Deadline);
        FoundBlock block = await _rig.FirstBlock.WaitAsync(Rig.Deadline);
        await stop.CancelAsync();
        await Task.WhenAll(miners.Select(miner => miner.Running));

        Assert.Equal(BlockState.Accepted, block.State);
        foreach (Mining miner in miners)
        {
            // A job may be over when its share arrives; nothing else may be said against a share.
            Assert.All(miner.Refusals, refusal => Assert.Equal(StratumError.JobNotFound, refusal));
            DeviceReport device = _rig.ReportOf(miner.Device);
            Assert.True(device.Accepted >= SharesEach && device.Work > 0, $"{device}");
            Assert.Equal(0, device.Invalid);
        }
    }

    private static Mining Start(MinerSettings settings, CancellationToken stop)
    {
        StratumMiner miner = new(settings, TimeProvider.System);
        TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<StratumError> refusals = [];
        miner.Answered += error =>
        {
            if (error is not null)
            {
                refusals.Add(error);
            }
            else if (miner.Figures.Accepted >= SharesEach)
            {
                enough.TrySetResult();
            }
        };
        return new Mining(settings.User, enough.Task, refusals, Task.Run(() => miner.RunAsync(stop), stop));
    }

    private sealed record Mining(string Device, Task Enough, List<StratumError> Refusals, Task Running);
}
