using System.Text.Json;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Stratum;

/// <summary>What miners in use send, in their own order and spelling, up to a share that is taken. Written from their
/// protocols as they are documented; the lines are ours.</summary>
public sealed class TranscriptTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!;

    public static TheoryData<string, string[]> Miners => new()
    {
        {
            "NerdMiner, NMMiner",
            [
                """{"id": 1, "method": "mining.subscribe", "params": ["NerdMinerV2/V1.8.3"]}""",
                """{"id": 2, "method": "mining.suggest_difficulty", "params": [0.00015]}""",
                """{"params": ["account.worker", "x"], "id": 3, "method": "mining.authorize"}""",
                """{"id": 4, "method": "mining.suggest_difficulty", "params": [0.00015]}""",
            ]
        },
        {
            "Bitaxe",
            [
                """{"id": 0, "method": "mining.subscribe", "params": ["bitaxe/BM1366/v2.1.8"]}""",
                """{"id": 1, "method": "mining.configure", "params": """
                + """[["version-rolling"], {"version-rolling.mask": "ffffffff"}]}""",
                """{"id": 2, "method": "mining.authorize", "params": ["account.worker", "x"]}""",
                """{"id": 3, "method": "mining.suggest_difficulty", "params": [0.0001]}""",
                """{"id": 4, "method": "mining.extranonce.subscribe", "params": []}""",
            ]
        },
        {
            "cgminer",
            [
                """{"id": 0, "method": "mining.configure", "params": [["version-rolling"], """
                + """{"version-rolling.mask": "1fffe000", "version-rolling.min-bit-count": 2}]}""",
                """{"id": 1, "method": "mining.subscribe", "params": ["cgminer/4.11.1"]}""",
                """{"params": ["account.worker", "x"], "id": 2, "method": "mining.authorize"}""",
                """{"id": 3, "method": "mining.get_transactions", "params": ["1"]}""",
            ]
        },
        {
            "cpuminer",
            [
                """{"id": 1, "method": "mining.subscribe", "params": ["cpuminer/2.5.1"]}""",
                """{"id": 2, "method": "mining.authorize", "params": ["account.worker", "x"]}""",
            ]
        },
        {
            "authorises first, with CR LF and an id that is a text",
            [
                "{\"id\": \"a\", \"method\": \"mining.authorize\", \"params\": [\"account.worker\", \"\"]}\r",
                "{\"id\": \"b\", \"method\": \"mining.subscribe\", \"params\": []}\r",
            ]
        },
        {
            "goes on with a session",
            [
                """{"id": 1, "method": "mining.subscribe", "params": ["x/1", "0000001f", "host", 3333]}""",
                """{"id": 2, "method": "mining.authorize", "params": ["account.worker"]}""",
            ]
        },
    };

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(options =>
    {
        options.Stratum.Port = 0;
        options.Shares.MaxWork = 1 << 12;
    });

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [MemberData(nameof(Miners))]
    public async Task Miner_in_use_connects_unchanged_and_mines(string miner, string[] lines)
    {
        await using LineMiner wire = await LineMiner.ConnectAsync(_gateway.Host.StratumEndPoint!);
        foreach (string line in lines)
        {
            await wire.SendAsync(line + "\n");
        }

        // Answered last, so all before it is done.
        await wire.CallAsync(99, "mining.ping", "");
        Assert.True(wire.Job.ValueKind == JsonValueKind.Array, $"{miner} was given no job.");
        int difficulty = wire.Methods.IndexOf("mining.set_difficulty");
        Assert.InRange(difficulty, 0, wire.Methods.IndexOf("mining.notify") - 1);
        Assert.DoesNotContain(wire.Methods, method => !method.StartsWith("mining.", StringComparison.Ordinal));
        Assert.True((await wire.SubmitAsync(wire.Mine())).GetProperty("result").GetBoolean(), miner);
    }

    [Fact]
    public async Task Every_request_is_answered_under_its_own_id()
    {
        await using LineMiner wire = await LineMiner.ConnectAsync(_gateway.Host.StratumEndPoint!);
        Assert.Equal(3, (await wire.CallAsync(7, "mining.subscribe", "")).GetProperty("result").GetArrayLength());
        Assert.Equal(20, (await wire.CallAsync(8, "mining.nonsense", "")).GetProperty("error")[0].GetInt32());
        Assert.Equal("pong", (await wire.CallAsync(9, "mining.ping", "")).GetProperty("result").GetString());
        JsonElement configured = await wire.CallAsync(
            10, "mining.configure", """["version-rolling","minimum-difficulty"],{"version-rolling.mask":"00ffffff"}""");
        Assert.Equal("00ffe000", configured.GetProperty("result").GetProperty("version-rolling.mask").GetString());
        Assert.False(configured.GetProperty("result").GetProperty("minimum-difficulty").GetBoolean());
        Assert.True((await wire.CallAsync(11, "mining.extranonce.subscribe", "")).GetProperty("result").GetBoolean());
        await wire.SendAsync("{\"id\":12,\"method\":\"mining.subscribe\",\"params\":[]\n");
        await wire.SendAsync("\n");
        Assert.Equal(20, (await wire.NextAsync())!.Value.GetProperty("error")[0].GetInt32());
        Assert.True((await wire.CallAsync(13, "mining.authorize", "\"account.worker\",\"x\"")).GetProperty("result")
            .GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".worker")]
    [InlineData("a b")]
    [InlineData("'; drop table devices")]
    [InlineData("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdx.w")]
    public async Task User_that_names_nobody_is_not_authorised(string user)
    {
        await using LineMiner wire = await LineMiner.ConnectAsync(_gateway.Host.StratumEndPoint!);
        JsonElement answer = await wire.CallAsync(1, "mining.authorize", $"\"{user}\",\"x\"");
        Assert.Equal(24, answer.GetProperty("error")[0].GetInt32());
        Assert.Empty(_gateway.Host.Devices);
    }
}
