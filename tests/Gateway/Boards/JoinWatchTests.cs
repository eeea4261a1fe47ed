using System.Net.Http.Headers;
using System.Net.Http.Json;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;

namespace MicroFirmware.Gateway.Tests.Boards;

/// <summary>A new board on its way from a join code to its first proven share, over real sockets.</summary>
public sealed class JoinWatchTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly ManualTime _time = new();
    private RunningGateway _gateway = null!;
    private JoinTicket _ticket = null!;

    private JoinProgress Progress => _gateway.Host.Room<JoinWatch>().Look(_ticket);

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(time: _time);
        _ticket = (await _gateway.Host.Room<JoinCodes>().CreateAsync(new JoinWish("esp32-devkitc", "Attic")))!;
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Progress_goes_from_waiting_to_the_first_proven_share()
    {
        Assert.Equal(new JoinProgress(JoinStage.Waiting), Progress);

        await EnrolAsync("board-1");
        Assert.Equal((JoinStage.Configured, "board-1"), (Progress.Stage, Progress.Device));

        await using TestBoard board = await _gateway.BoardAsync("board-1");
        await UntilAsync(JoinStage.Connected);
        _time.Advance(TimeSpan.FromSeconds(2));
        var work = await board.FetchAsync();
        Assert.Equal(JoinStage.Working, Progress.Stage);

        await board.SendAsync(TestBoard.Mine(work, 1));
        JoinProgress last = Progress;
        Assert.Equal(JoinStage.Proven, last.Stage);
        Assert.Equal(_time.GetUtcNow(), last.Working);
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromSeconds(2), last.Configured);
        BoardDetail detail = _gateway.Host.Room<BoardCatalogue>().Detail("board-1")!;
        Assert.Equal(("esp32-devkitc", "Attic", "esp32"), (detail.Model, detail.Row.Group, detail.Row.Chip));
    }

    [Fact]
    public void Code_that_nobody_used_in_time_says_so()
    {
        _time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(JoinStage.Expired, Progress.Stage);
    }

    [Fact]
    public async Task Board_that_is_refused_says_why()
    {
        await _gateway.Host.EnrolAsync("board-1", new byte[32]);

        await EnrolAsync("board-1");

        Assert.Equal((JoinStage.Refused, EnrolResult.KeyDiffers), (Progress.Stage, Progress.Refusal));
    }

    [Fact]
    public async Task Miner_is_known_by_its_name()
    {
        JoinWatch watch = _gateway.Host.Room<JoinWatch>();
        Assert.Equal(JoinStage.Waiting, watch.LookForDevice("account.rig").Stage);

        await _gateway.Host.Room<DeviceRegistry>().FindOrEnrolWorkerAsync("account.rig");

        Assert.Equal(JoinStage.Configured, watch.LookForDevice("account.rig").Stage);
    }

    /// <summary>Status messages have no answer that could be waited for.</summary>
    private async Task UntilAsync(JoinStage stage)
    {
        using CancellationTokenSource deadline = new(s_deadline);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(10));
        while (Progress.Stage < stage)
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private async Task EnrolAsync(string id)
    {
        using HttpClient http = new();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _ticket.Code!.Reveal());
        using HttpResponseMessage answer = await http.PostAsJsonAsync(
            $"http://{_gateway.Host.HttpEndPoint}/v1/enrol",
            new { device = id, key = Convert.ToHexStringLower(TestStore.Key) });
    }
}
