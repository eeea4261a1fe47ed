using System.Net;
using System.Text.Json;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.AxeOs;

/// <summary>What programs made for a Bitaxe read of the gateway and its boards.</summary>
public sealed class AxeOsRouteTests : IAsyncLifetime
{
    // What monitors of a Bitaxe look for (ESP-Miner, main/http_server/openapi.yaml, SystemInfo), in its spelling.
    private static readonly string[] s_looked =
    [
        "ASICModel", "axeOSVersion", "bestDiff", "bestSessionDiff", "blockFound", "blockHeight", "boardVersion",
        "coreVoltageActual", "current", "expectedHashrate", "fanrpm", "fanspeed", "freeHeap", "frequency", "hashRate",
        "hostname", "isUsingFallbackStratum", "networkDifficulty", "poolDifficulty", "power", "resetReason",
        "responseTime", "sharesAccepted", "sharesRejected", "sharesRejectedReasons", "temp", "uptimeSeconds",
        "version", "voltage", "vrTemp", "wifiRSSI", "wifiStatus",
    ];

    private RunningGateway _gateway = null!;
    private HttpClient _stranger = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(options => options.Metrics.AxeOs = true);
        _stranger = new HttpClient { BaseAddress = _gateway.Client().BaseAddress };
    }

    public async Task DisposeAsync()
    {
        _stranger.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Gateway_is_one_miner_with_what_its_boards_have_proven()
    {
        await using TestBoard board = await MiningBoardAsync();

        JsonElement info = await GetAsync("/api/system/info");

        Assert.Equal([], s_looked.Except(info.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(1, info.GetProperty("sharesAccepted").GetInt64());
        Assert.Equal(1, info.GetProperty("sharesRejected").GetInt64());
        JsonElement reason = Assert.Single(info.GetProperty("sharesRejectedReasons").EnumerateArray());
        Assert.Equal("Duplicate", reason.GetProperty("message").GetString());
        Assert.Equal(1, reason.GetProperty("count").GetInt64());
        Assert.InRange(info.GetProperty("hashRate").GetDouble(), double.Epsilon, 1);
        Assert.True(info.GetProperty("bestDiff").GetDouble() > 0);
        Assert.Equal(0, info.GetProperty("isUsingFallbackStratum").GetInt32());
        Assert.True(info.GetProperty("blockHeight").GetInt32() > 0);
    }

    [Fact]
    public async Task Board_is_a_miner_of_its_own_and_what_nobody_measures_is_null()
    {
        await using TestBoard board = await MiningBoardAsync();

        JsonElement info = await GetAsync("/axeos/board-1/api/system/info");

        Assert.Equal([], s_looked.Except(info.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("board-1", info.GetProperty("hostname").GetString());
        Assert.Equal(0.00035, info.GetProperty("expectedHashrate").GetDouble(), 12);
        Assert.Equal(1, info.GetProperty("sharesAccepted").GetInt64());
        Assert.Equal(-61, info.GetProperty("wifiRSSI").GetInt32());
        Assert.Equal(47, info.GetProperty("temp").GetDouble());
        Assert.Equal("Connected!", info.GetProperty("wifiStatus").GetString());
        Assert.All((string[])["power", "voltage", "current", "coreVoltageActual", "frequency", "vrTemp"],
            name => Assert.Equal(JsonValueKind.Null, info.GetProperty(name).ValueKind));
    }

    [Fact]
    public async Task Page_of_another_miner_may_read_it()
    {
        using HttpResponseMessage answer = await _stranger.GetAsync("/api/system/info");

        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Board_that_is_not_there_is_not_found()
    {
        using HttpResponseMessage answer = await _stranger.GetAsync("/axeos/nobody/api/system/info");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_served_unless_the_owner_says_so()
    {
        await using RunningGateway silent = await RunningGateway.StartAsync();
        using HttpClient http = silent.Client();

        using HttpResponseMessage answer = await http.GetAsync("/api/system/info");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>A board with one share credited, sent a second time, and a word of itself.</summary>
    private async Task<TestBoard> MiningBoardAsync()
    {
        TestBoard board = await _gateway.EnrolAsync("board-1");
        ShareRecord share = TestBoard.Mine(await board.FetchAsync(), 1);
        await board.SendAsync(share);
        share.Sequence = 2;
        await board.SendAsync(share);
        Telemetry telemetry = new() { HashRate = 350_000, State = "mining", Rssi = -61, Temperature = 47 };
        await board.Mqtt.PublishAsync(Topics.Telemetry("board-1"), telemetry.ToJson(), QualityOfService.AtLeastOnce);
        return board;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using JsonDocument document = JsonDocument.Parse(await _stranger.GetStringAsync(path));
        return document.RootElement.Clone();
    }
}
