using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Hosting;

/// <summary>One share's whole way, over real HTTP and MQTT, into SQLite and back.</summary>
public sealed class SharePathTests : IAsyncLifetime
{
    private const ulong Boot = 1UL << 32;

    private RunningGateway _gateway = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _board = await _gateway.EnrolAsync("board-1");
    }

    public async Task DisposeAsync()
    {
        await _board.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Share_that_meets_its_target_is_stored_and_its_verdict_comes_back()
    {
        WorkRecord work = await _board.FetchAsync();
        ShareRecord share = TestBoard.Mine(work, Boot + 1);

        Verdict verdict = await _board.SendAsync(share);

        Assert.Equal((VerdictCode.Accepted, Boot + 1, work.JobId, share.Nonce, RunningGateway.ShareWork),
            (verdict.Code, verdict.Sequence, verdict.JobId, verdict.Nonce, verdict.Work));
        Assert.Equal(1, _gateway.Scalar("SELECT count(*) FROM shares WHERE verdict=0 AND work=64"));
        DeviceReport report = Assert.Single(_gateway.Host.Devices);
        Assert.Equal((1, 0, 0, 64UL, true),
            (report.Accepted, report.Stale, report.Invalid, report.Work, report.Online));
        Assert.True(report.BestDifficulty > 0);
    }

    [Fact]
    public async Task Share_that_cannot_be_stored_is_acknowledged_when_it_is_and_not_before()
    {
        ShareRecord share = TestBoard.Mine(await _board.FetchAsync(), Boot + 1);
        TaskCompletionSource faulty = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Host.Room<GroupCommit>().FaultChanged += _ => faulty.TrySetResult();
        using Database other = Database.Open(_gateway.DatabasePath);
        other.Execute("BEGIN IMMEDIATE");

        Task<Verdict> verdict = _board.SendAsync(share);
        await faulty.Task.WaitAsync(TimeSpan.FromSeconds(20));
        bool early = verdict.IsCompleted;
        other.Execute("ROLLBACK");

        Assert.Equal(VerdictCode.Accepted, (await verdict).Code);
        Assert.False(early);
        Assert.Equal(1, _gateway.Scalar("SELECT count(*) FROM shares"));
    }

    [Fact]
    public void Gateway_on_a_directory_that_is_in_use_does_not_start()
    {
        GatewayOptions options = new();
        options.Storage.DataDirectory = Path.GetDirectoryName(_gateway.DatabasePath)!;

        StorageException e = Assert.Throws<StorageException>(
            () => GatewayHost.Create(options, TimeProvider.System, new Random(1), _gateway.Upstream));

        Assert.Contains("Another process holds the database", e.Message);
        Assert.Contains("Storage:DataDirectory", e.Message);
    }

    [Fact]
    public async Task Gateway_stops_at_once_although_boards_are_connected()
    {
        await _gateway.Host.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<MqttException>(() => _board.Mqtt.Completion.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Share_sent_again_gets_the_same_verdict_and_is_credited_once()
    {
        ShareRecord share = TestBoard.Mine(await _board.FetchAsync(), Boot + 1);
        await _board.SendAsync(share);

        Verdict again = await _board.SendAsync(share);

        Assert.Equal((VerdictCode.Accepted, RunningGateway.ShareWork), (again.Code, again.Work));
        Assert.Equal(64, _gateway.Scalar("SELECT sum(work) FROM shares"));
        Assert.Equal(64, _gateway.Scalar("SELECT work FROM device_state"));
        Assert.Equal(64UL, _gateway.Host.Devices[0].Work);
    }

    [Fact]
    public async Task Share_sent_again_after_a_restart_gets_the_same_verdict_and_is_credited_once()
    {
        ShareRecord share = TestBoard.Mine(await _board.FetchAsync(), Boot + 1);
        await _board.SendAsync(share);
        await _board.DisposeAsync();
        await _gateway.RestartAsync();
        _board = await _gateway.BoardAsync("board-1", connect: false);
        await _board.AskAsync(Boot * 2);
        await _board.ReconnectAboveAsync(Boot * 2);

        Verdict again = await _board.SendAsync(share);

        Assert.Equal((VerdictCode.Accepted, RunningGateway.ShareWork), (again.Code, again.Work));
        Assert.Equal(64, _gateway.Scalar("SELECT sum(work) FROM shares"));
        Assert.Equal(64UL, _gateway.Host.Devices[0].Work);
    }
}
