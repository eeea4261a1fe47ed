using MicroFirmware.Gateway.Series;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;
using MicroFirmware.TimeSeries;

namespace MicroFirmware.Gateway.Tests.Series;

public sealed class FleetSeriesTests : IAsyncLifetime
{
    private const ulong Boot = 1UL << 32;
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private readonly Mqtt.Tests.ManualTime _time = new();
    private RunningGateway _gateway = null!;

    private SeriesDesk Desk => _gateway.Host.Room<SeriesDesk>();

    public async Task InitializeAsync()
    {
        // Twenty seconds into a minute.
        _time.Advance(TimeSpan.FromDays(20_000) + TimeSpan.FromSeconds(20));
        _gateway = await RunningGateway.StartAsync(time: _time);
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Work_of_boards_is_the_work_of_the_fleet_minute_by_minute()
    {
        await using TestBoard kitchen = await _gateway.EnrolAsync("kitchen");
        await using TestBoard cellar = await _gateway.EnrolAsync("cellar");
        await ShareAsync(kitchen, 1, 2);
        await ShareAsync(cellar, 1);
        _time.Advance(TimeSpan.FromMinutes(1));
        await ShareAsync(kitchen, 3);

        // Else the broker gives it up at the end of this minute: it says nothing for longer than its keep-alive.
        await TellAsync(cellar, new Telemetry());
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([3 * 64, 64], Works(Desk.Fleet(FleetMetrics.Work, s_day, 1_440)));
        Assert.Equal([2 * 64, 64], Works(Desk.Board("kitchen", FleetMetrics.Work, s_day, 1_440)!));

        // It was connected and found nothing: that is no gap.
        Assert.Equal([64, 0], Works(Desk.Board("cellar", FleetMetrics.Work, s_day, 1_440)!));
        Assert.Null(Desk.Board("attic", FleetMetrics.Work, s_day, 1_440));
        Assert.Equal(4 * 64 / s_day.TotalSeconds, Desk.ProvenRate(s_day));
        Assert.Equal([2, 2], Values(Desk.Fleet(FleetMetrics.Connected, s_day, 1_440)));
    }

    [Fact]
    public async Task Readings_are_the_boards_own_and_of_the_fleet_the_worst()
    {
        await using TestBoard kitchen = await _gateway.EnrolAsync("kitchen");
        await using TestBoard cellar = await _gateway.EnrolAsync("cellar");
        await TellAsync(kitchen, new Telemetry { Temperature = 40, Rssi = -50, HashRate = 100, FreeMemory = 9_000 });
        await TellAsync(cellar, new Telemetry { Temperature = 60, Rssi = -80, HashRate = 20 });
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([40], Values(Desk.Board("kitchen", FleetMetrics.Temperature, s_day, 1_440)!));
        Assert.Equal([60], Values(Desk.Fleet(FleetMetrics.Temperature, s_day, 1_440)));
        Assert.Equal([-80], Values(Desk.Fleet(FleetMetrics.Signal, s_day, 1_440)));
        Assert.Equal([120], Values(Desk.Fleet(FleetMetrics.ClaimedRate, s_day, 1_440)));
        Assert.Equal([9_000], Values(Desk.Fleet(FleetMetrics.FreeMemory, s_day, 1_440)));
        Assert.Empty(Values(Desk.Board("cellar", FleetMetrics.FreeMemory, s_day, 1_440)!));
    }

    [Fact]
    public async Task The_minute_that_is_not_over_is_kept_when_the_gateway_stops()
    {
        await using (TestBoard kitchen = await _gateway.EnrolAsync("kitchen"))
        {
            await ShareAsync(kitchen, 1, 2);
        }

        await _gateway.RestartAsync();
        await using TestBoard again = await _gateway.BoardAsync("kitchen", connect: false);
        await again.ReconnectAboveAsync(Boot * 2);
        await ShareAsync(again, 3);
        _time.Advance(TimeSpan.FromMinutes(1));

        // Both runs share the minute.
        Assert.Equal([3 * 64], Works(Desk.Board("kitchen", FleetMetrics.Work, s_day, 1_440)!));
        Assert.Equal([3 * 64], Works(Desk.Fleet(FleetMetrics.Work, s_day, 1_440)));
    }

    [Fact]
    public async Task A_gateway_that_was_off_leaves_a_gap()
    {
        _time.Advance(TimeSpan.FromMinutes(2));
        await _gateway.Host.StopAsync();
        _time.Advance(TimeSpan.FromMinutes(10));
        await _gateway.RestartAsync();
        _time.Advance(TimeSpan.FromMinutes(1));

        SeriesChart chart = Desk.Fleet(FleetMetrics.Work, TimeSpan.FromMinutes(20), 20);
        bool[] gaps = [.. chart.Points.Select(point => point.IsGap).SkipWhile(gap => gap)];
        Assert.Equal(9, gaps.Count(gap => gap) - gaps.Reverse().TakeWhile(gap => gap).Count());
    }

    private static async Task ShareAsync(TestBoard board, params ulong[] sequences)
    {
        WorkRecord work = await board.FetchAsync();
        uint nonce = 0;
        foreach (ulong sequence in sequences)
        {
            ShareRecord share = TestBoard.Mine(work, Boot + sequence, nonce);
            Assert.Equal(VerdictCode.Accepted, (await board.SendAsync(share)).Code);
            nonce = share.Nonce + 1;
        }
    }

    private static Task TellAsync(TestBoard board, Telemetry telemetry) => board.Mqtt.PublishAsync(
        Topics.Telemetry(board.Id), telemetry.ToJson(), QualityOfService.AtLeastOnce);

    private static int[] Works(SeriesChart chart) =>
        [.. chart.Points.Where(point => !point.IsGap).Select(point => (int)point.Sum)];

    private static long[] Values(SeriesChart chart) =>
        [.. chart.Points.Where(point => !point.IsGap).Select(point => point.Max)];
}
