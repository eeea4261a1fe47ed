using System.Text.Json;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Stratum;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Stratum;

/// <summary>Miners that are none.</summary>
public class AbuseTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\0\u0001\u0002\n")]
    [InlineData("[]\n{}\n1\nnull\n\"\"\n")]
    [InlineData("{\"id\":{\"id\":1},\"method\":\"mining.submit\"}\n")]
    [InlineData("{\"id\":1e400,\"method\":\"mining.submit\",\"params\":[1,2,3,4,5]}\n")]
    [InlineData("{\"id\":1,\"method\":\"mining.submit\",\"params\":{\"a\":1}}\n")]
    public async Task Nonsense_is_answered_or_ignored_and_others_are_served(string text)
    {
        await using RunningGateway gateway = await StartAsync();
        await using LineMiner stranger = await LineMiner.ConnectAsync(gateway.Host.StratumEndPoint!);
        await stranger.SendAsync(text);
        await using LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);
        Assert.True((await miner.SubmitAsync(miner.Mine())).GetProperty("result").GetBoolean());

        // Still there: it may have been a slip.
        await stranger.SendAsync("\n");
        Assert.Equal("pong", (await stranger.CallAsync(77, "mining.ping", "")).GetProperty("result").GetString());
    }

    [Fact]
    public async Task Line_without_end_is_closed_when_it_is_too_long()
    {
        await using RunningGateway gateway = await StartAsync();
        await using LineMiner stranger = await LineMiner.ConnectAsync(gateway.Host.StratumEndPoint!);
        await stranger.SendAsync(new string('x', StratumLine.MaxRequest));
        await stranger.SendAsync(new string('x', 1));
        Assert.True(await stranger.IsClosedAsync());
        await UntilClosedForCauseAsync(gateway, 1);
    }

    [Fact]
    public async Task Mistakes_without_end_close_the_connection_and_again_and_again_ban_the_address()
    {
        await using RunningGateway gateway = await StartAsync();
        string mistakes = string.Concat(Enumerable.Repeat("nonsense\n", 200));
        for (int i = 1; i <= AddressBook.BlamesPerBan; i++)
        {
            await using LineMiner stranger = await LineMiner.ConnectAsync(gateway.Host.StratumEndPoint!);
            await stranger.SendAsync(mistakes);
            Assert.True(await stranger.IsClosedAsync());
            await UntilClosedForCauseAsync(gateway, i);
        }

        Assert.True(await LineMiner.IsTurnedAwayAsync(gateway.Host.StratumEndPoint!));

        _time.Advance(TimeSpan.FromMinutes(1));
        await using LineMiner forgiven = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);
        Assert.True((await forgiven.SubmitAsync(forgiven.Mine())).GetProperty("result").GetBoolean());
    }

    [Fact]
    public async Task Miner_whose_shares_are_all_wrong_is_closed()
    {
        await using RunningGateway gateway = await StartAsync();
        await using LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);
        string job = miner.Job[0].GetString()!;
        string wrong = string.Concat(Enumerable.Range(0, 200).Select(i =>
            $$"""{"id":{{i}},"method":"mining.submit","params":["account.worker","{{job}}","00000000","00000000","""
            + $"\"{i:x8}\"]}}\n"));
        await miner.SendAsync(wrong);
        Assert.True(await miner.IsClosedAsync());
        await UntilClosedForCauseAsync(gateway, 1);
    }

    [Fact]
    public async Task Who_does_not_shake_hands_or_end_its_line_in_time_is_closed()
    {
        await using RunningGateway gateway = await StartAsync();
        await using LineMiner silent = await LineMiner.ConnectAsync(gateway.Host.StratumEndPoint!);
        await silent.CallAsync(1, "mining.ping", "");
        await using LineMiner slow = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!, "account.slow");
        await using LineMiner good = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!, "account.good");
        await slow.SendAsync("{\"id\":");
        while (gateway.Host.Room<StratumServer>().PartialLines == 0)
        {
            await Task.Yield();
        }

        // Dripping does not help: what counts is when the line began.
        _time.Advance(TimeSpan.FromSeconds(9));
        await slow.SendAsync("1");
        gateway.Host.Room<StratumServer>().Patrol();
        Assert.Equal(3, gateway.Host.Statistics.Stratum.Connections);
        _time.Advance(TimeSpan.FromSeconds(2));
        gateway.Host.Room<StratumServer>().Patrol();
        Assert.True(await slow.IsClosedAsync());

        _time.Advance(TimeSpan.FromSeconds(20));
        gateway.Host.Room<StratumServer>().Patrol();
        Assert.True(await silent.IsClosedAsync());
        Assert.Equal("pong", (await good.CallAsync(9, "mining.ping", "")).GetProperty("result").GetString());
        await UntilClosedForCauseAsync(gateway, 2);
    }

    [Fact]
    public async Task Silent_miner_is_given_easier_work_and_closed_only_long_after()
    {
        await using RunningGateway gateway = await StartAsync();
        await using LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);
        await miner.CallAsync(5, "mining.suggest_difficulty", "1");
        await miner.UntilJobAsync();
        string hard = miner.Difficulty;
        for (int i = 0; i < 12; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            gateway.Host.Room<StratumServer>().Patrol();
        }

        await miner.CallAsync(6, "mining.ping", "");
        Assert.NotEqual(hard, miner.Difficulty);
        Assert.True(double.Parse(miner.Difficulty, System.Globalization.CultureInfo.InvariantCulture) < 0.5);

        _time.Advance(TimeSpan.FromMinutes(16));
        gateway.Host.Room<StratumServer>().Patrol();
        Assert.True(await miner.IsClosedAsync());
    }

    [Fact]
    public async Task Workers_without_end_are_not_registered()
    {
        await using RunningGateway gateway = await StartAsync();
        await using LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!, "account.0");
        List<bool> granted = [];
        for (int i = 1; i <= 20; i++)
        {
            JsonElement answer = await miner.CallAsync(10 + i, "mining.authorize", $"\"account.{i}\",\"x\"");
            granted.Add(answer.GetProperty("result").ValueKind == JsonValueKind.True);
        }

        Assert.Equal(15, granted.Count(good => good));
        Assert.Equal(16, gateway.Host.Devices.Count);
    }

    [Fact]
    public async Task Flood_of_requests_by_who_does_not_read_is_closed()
    {
        await using RunningGateway gateway = await StartAsync();
        await using LineMiner deaf = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);
        const string ping = "{\"id\":1,\"method\":\"mining.ping\",\"params\":[]}\n";
        string pings = string.Concat(Enumerable.Repeat(ping, 1_000));
        bool isClosed = false;
        for (int i = 0; i < 10_000 && !isClosed; i++)
        {
            try
            {
                await deaf.SendAsync(pings);
            }
            catch (IOException)
            {
                isClosed = true;
            }
        }

        Assert.True(isClosed);
        await UntilClosedForCauseAsync(gateway, 0);
    }

    private static async Task UntilClosedForCauseAsync(RunningGateway gateway, int count)
    {
        while (gateway.Host.Statistics.Stratum.ClosedForCause < count)
        {
            await Task.Yield();
        }

        Assert.Equal(count, gateway.Host.Statistics.Stratum.ClosedForCause);
    }

    private Task<RunningGateway> StartAsync() =>
        RunningGateway.StartAsync(options => options.Stratum.Port = 0, time: _time);
}
