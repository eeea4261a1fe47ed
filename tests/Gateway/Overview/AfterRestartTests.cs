using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway.Overview;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Overview;

/// <summary>What the overview shows is not lost by a restart.</summary>
public sealed class AfterRestartTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private RunningGateway _gateway = null!;

    private OverviewReport Now => _gateway.Host.Room<OverviewDesk>().Take();

    // Every share solves a block.
    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(
        blockWork: RunningGateway.ShareWork, time: _time);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Blocks_and_best_shares_outlive_a_restart()
    {
        await FindAsync(SubmitStatus.Accepted);
        _gateway.Upstream.Publish(2, RunningGateway.ShareWork);
        await FindAsync(SubmitStatus.Rejected);
        OverviewReport before = Now;
        Assert.Equal((1, 1, 0), BlocksOf(before));
        Assert.True(before.BestToday >= before.Best!.Difficulty);

        await _gateway.RestartAsync();

        Assert.Equal(BlocksOf(before), BlocksOf(Now));
        Assert.Equal((before.Best, before.BestToday), (Now.Best, Now.BestToday));
        using HttpClient http = _gateway.Client();
        JsonElement list = await http.GetFromJsonAsync<JsonElement>("/v1/blocks");
        Assert.Equal([("rejected", 2), ("accepted", 1)], list.GetProperty("blocks").EnumerateArray().Select(block =>
            (block.GetProperty("state").GetString()!, block.GetProperty("height").GetInt32())));
        JsonElement shown = await http.GetFromJsonAsync<JsonElement>("/v1/overview");
        Assert.Equal((1, 1, before.BestToday), (shown.GetProperty("blocksAccepted").GetInt32(),
            shown.GetProperty("blocksRejected").GetInt32(), shown.GetProperty("bestDifficultyToday").GetDouble()));
    }

    [Fact]
    public async Task Best_of_today_is_not_that_of_yesterday()
    {
        await FindAsync(SubmitStatus.Accepted);
        _time.Advance(TimeSpan.FromDays(1));
        await _gateway.RestartAsync();

        Assert.Equal(0, Now.BestToday);
        Assert.True(Now.Best!.Difficulty > 0);
    }

    private static (long, long, long) BlocksOf(OverviewReport report) =>
        (report.Figures.BlocksAccepted, report.Figures.BlocksRejected, report.Figures.BlocksOpen);

    private async Task FindAsync(SubmitStatus status)
    {
        _gateway.Upstream.Answer = new SubmitOutcome(status);
        TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Host.BlockFound += _ => settled.TrySetResult();
        await using TestBoard board = await _gateway.EnrolAsync($"{status}".ToLowerInvariant());
        Verdict verdict = await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 1));
        Assert.Equal(VerdictCode.BlockFound, verdict.Code);
        await settled.Task.WaitAsync(TimeSpan.FromMinutes(2));
        _time.Advance(TimeSpan.FromSeconds(1));
    }
}
