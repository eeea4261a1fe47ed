using System.Globalization;
using System.Text.Json;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Stratum;

/// <summary>What miners are asked for, and what their shares then count for.</summary>
public sealed class DifficultyTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(options =>
    {
        options.Stratum.Port = 0;
        options.Shares.MinWork = 1;
        options.Shares.Interval = TimeSpan.FromHours(1);
    });

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("0.0000001", 429)]
    [InlineData("1e-7", 429)]
    [InlineData("0.00015", 643_395)]
    public async Task Suggested_difficulty_comes_back_in_plain_digits(string suggested, ulong work)
    {
        await using LineMiner miner = await LineMiner.StartAsync(_gateway.Host.StratumEndPoint!);
        await miner.CallAsync(5, "mining.suggest_difficulty", suggested);
        await miner.UntilJobAsync();

        Assert.Matches("^[0-9]+(\\.[0-9]+)?$", miner.Difficulty);
        double told = double.Parse(miner.Difficulty, CultureInfo.InvariantCulture);
        Assert.InRange(Target.Work(Target.FromDifficulty(told)), work * 0.98, work * 1.001);
    }

    [Fact]
    public async Task Suggestion_that_is_repeated_changes_nothing_and_is_answered()
    {
        await using LineMiner miner = await LineMiner.StartAsync(_gateway.Host.StratumEndPoint!);
        for (int i = 0; i < 5; i++)
        {
            Assert.True((await miner.CallAsync(5, "mining.suggest_difficulty", "0.00015")).GetProperty("result")
                .GetBoolean());
        }

        await miner.CallAsync(6, "mining.ping", "");
        Assert.Equal(
            ["mining.set_difficulty", "mining.notify", "mining.set_difficulty", "mining.notify"], miner.Methods);
    }

    [Theory]
    [InlineData("d=0.00001", 0.00001)]
    [InlineData("x, D=0.00001;foo=1", 0.00001)]
    [InlineData("d=-1", null)]
    [InlineData("d=nan", null)]
    [InlineData("x", null)]
    public async Task Password_says_the_difficulty_to_start_with(string password, double? expected)
    {
        await using LineMiner miner = await LineMiner.ConnectAsync(_gateway.Host.StratumEndPoint!);
        await miner.CallAsync(1, "mining.subscribe", "");
        await miner.CallAsync(2, "mining.authorize", $"\"account.w\",\"{password}\"");
        await miner.UntilJobAsync();

        double start = (double)RunningGateway.ShareWork / Target.DifficultyOneWork;
        double told = double.Parse(miner.Difficulty, CultureInfo.InvariantCulture);
        Assert.InRange(told, (expected ?? start) * 0.99, expected ?? start);
    }

    [Fact]
    public async Task Share_counts_for_what_its_job_was_issued_at_and_a_header_for_one_issue_only()
    {
        await using LineMiner miner = await LineMiner.StartAsync(_gateway.Host.StratumEndPoint!);
        string oldJob = miner.Job[0].GetString()!;
        (string, uint, uint) oldShare = miner.Mine();
        ulong oldWork = WorkOf(miner.Difficulty);
        await miner.CallAsync(5, "mining.suggest_difficulty", "0.000001");
        await miner.UntilJobAsync();
        Assert.False(miner.Job[8].GetBoolean());
        (string, uint, uint) newShare = miner.Mine();
        ulong newWork = WorkOf(miner.Difficulty);
        Assert.True(newWork > oldWork);

        Assert.True(Good(await miner.SubmitAsync(oldShare, job: oldJob)));
        Assert.False(Good(await miner.SubmitAsync(newShare, job: oldJob)));
        Assert.True(Good(await miner.SubmitAsync(newShare)));
        Assert.False(Good(await miner.SubmitAsync(oldShare)));
        Assert.Equal((long)(oldWork + newWork), _gateway.Scalar("SELECT sum(work) FROM shares"));
    }

    [Fact]
    public async Task Fast_miner_is_asked_for_more_at_once()
    {
        await using LineMiner miner = await LineMiner.StartAsync(_gateway.Host.StratumEndPoint!);
        string first = miner.Difficulty;
        uint from = 0;
        for (int i = 0; i < 8 && miner.Difficulty == first; i++)
        {
            (string, uint, uint Nonce) share = miner.Mine(from);
            from = share.Nonce + 1;
            Assert.True(Good(await miner.SubmitAsync(share)));
        }

        // The change follows the answer to the share that made it.
        await miner.CallAsync(6, "mining.ping", "");
        Assert.True(WorkOf(miner.Difficulty) > WorkOf(first));
    }

    [Fact]
    public async Task No_share_is_asked_to_be_harder_than_the_block()
    {
        await using LineMiner miner = await LineMiner.StartAsync(_gateway.Host.StratumEndPoint!);
        _gateway.Upstream.Publish(2, blockWork: 16);
        await miner.UntilJobAsync();
        Assert.InRange(WorkOf(miner.Difficulty), 1UL, 16UL);

        _gateway.Upstream.Publish(3, RunningGateway.BlockWork);
        await miner.UntilJobAsync();
        Assert.InRange(WorkOf(miner.Difficulty), 60UL, RunningGateway.ShareWork);
    }

    private static bool Good(JsonElement answer) => answer.GetProperty("error").ValueKind == JsonValueKind.Null;

    private static ulong WorkOf(string difficulty) =>
        Target.Work(Target.FromDifficulty(double.Parse(difficulty, CultureInfo.InvariantCulture)));
}
