using System.Net;
using System.Text.Json;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Rewards;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Rewards;

/// <summary>From a board's share over MQTT to an account that the API shows.</summary>
public sealed class RewardDeskTests : IAsyncDisposable
{
    private const ulong Boot = 1UL << 32;
    private const long BlockMsat = 5_000_000_000_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private RunningGateway? _gateway;

    private RunningGateway Gateway => _gateway!;

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }
    }

    [Fact]
    public async Task Round_shares_are_booked_once_over_rounds_and_restarts()
    {
        await StartAsync();
        await using TestBoard board = await Gateway.EnrolAsync("board-1");
        await MineAsync(board, shares: 3);

        await RoundAsync();
        LedgerHead first = Ledger.Head;
        await RoundAsync();
        LedgerHead second = Ledger.Head;
        await Gateway.RestartAsync();
        await RoundAsync();

        Assert.Equal(first, second);
        Assert.Equal(first, Ledger.Head);
        Assert.Equal(3 * RunningGateway.ShareWork, BalanceOf(Account.DeviceWork("board-1")));
        Assert.Equal(-(3 * (Int128)RunningGateway.ShareWork), BalanceOf(Account.Proofs));
    }

    [Fact]
    public async Task Round_what_was_not_booked_when_the_gateway_ended_is_booked_later()
    {
        await StartAsync();
        await using (TestBoard board = await Gateway.EnrolAsync("board-1"))
        {
            await MineAsync(board, shares: 2);
        }

        await Gateway.RestartAsync();
        await using (TestBoard board = await Gateway.BoardAsync("board-1", connect: false))
        {
            await board.ReconnectAboveAsync(2 * Boot);
            await MineAsync(board, shares: 2, from: 2 * Boot);
        }

        await RoundAsync();

        Assert.Equal(4 * RunningGateway.ShareWork, BalanceOf(Account.DeviceWork("board-1")));
    }

    [Fact]
    public async Task Round_block_goes_to_the_owner_exactly_as_the_coinbase_pays()
    {
        await StartAsync(blockWork: RunningGateway.ShareWork);
        await using TestBoard board = await Gateway.EnrolAsync("board-1");
        string hash = await FindBlockAsync(board, Boot + 1);

        await RoundAsync();
        await Gateway.RestartAsync();
        await RoundAsync();

        Assert.Equal(BlockMsat, BalanceOf(Account.Owner));
        Assert.Equal(-BlockMsat, BalanceOf(Account.Chain));
        Assert.Equal(BlockMsat / 1000,
            Gateway.Upstream.Blocks[0].Transactions[0].Outputs.Sum(output => (long)output.Value));
        Assert.Equal($"block:{hash}", Assert.Single(Ledger.Statement(Account.Owner.Name, null, 10)).Key);
    }

    [Fact]
    public async Task Round_solo_block_goes_to_its_finder_less_the_fee()
    {
        await StartAsync(o => (o.Rewards.Rule, o.Rewards.FeePpm) = ("solo", 10_000), RunningGateway.ShareWork);
        await using TestBoard board = await Gateway.EnrolAsync("board-1");
        await FindBlockAsync(board, Boot + 1);

        await RoundAsync();

        Assert.Equal(BlockMsat / 100, BalanceOf(Account.Fees));
        Assert.Equal(BlockMsat / 100 * 99, BalanceOf(Account.Device("board-1")));
        Assert.Equal(0, BalanceOf(Account.Pool));

        // A block of 2^14 hashes: whatever chain that is, its coins are worth nothing, and the ledger knows.
        Assert.Equal((-BlockMsat, 0), (BalanceOf(Account.Practice), BalanceOf(Account.Chain)));
    }

    [Fact]
    public async Task Round_pplns_block_is_divided_by_the_work_before_it()
    {
        await StartAsync(o => (o.Rewards.Rule, o.Rewards.PplnsBlocks) = ("pplns", 1_000));
        await using TestBoard a = await Gateway.EnrolAsync("a");
        await using TestBoard b = await Gateway.EnrolAsync("b");
        await MineAsync(a, shares: 3);
        await MineAsync(b, shares: 1);
        await RoundAsync();
        Gateway.Upstream.Publish(2, RunningGateway.ShareWork);
        await FindBlockAsync(b, Boot + 9);

        await RoundAsync();

        Assert.Equal(5 * RunningGateway.ShareWork, -BalanceOf(Account.Proofs));
        Assert.Equal(BlockMsat / 5 * 3, BalanceOf(Account.Device("a")));
        Assert.Equal(BlockMsat / 5 * 2, BalanceOf(Account.Device("b")));
    }

    [Fact]
    public async Task Round_tariff_pays_work_at_its_price_and_once()
    {
        // 10^18 pico-msat per 2^32 hashes: a share of 2^14 hashes is worth 3.8 msat, two of them 7.6.
        await StartAsync(o =>
        {
            (o.Rewards.Rule, o.Rewards.TariffPicoMsat) = ("tariff", 1_000_000_000_000_000_000);
            o.Shares.StartWork = o.Shares.MinWork = 1 << 14;
        });
        await using TestBoard board = await Gateway.EnrolAsync("board-1");
        await MineAsync(board, shares: 1);
        await RoundAsync();
        Int128 afterOne = BalanceOf(Account.Device("board-1"));
        await MineAsync(board, shares: 1, from: Boot + 10);
        await RoundAsync();
        await RoundAsync();

        Assert.Equal((3, 7), (afterOne, BalanceOf(Account.Device("board-1"))));
        Assert.Equal(-7, BalanceOf(Account.Operator));
        Assert.Equal(0, BalanceOf(Account.DeviceWork("board-1")));
    }

    [Fact]
    public async Task Api_accounts_and_statements_can_be_read()
    {
        await StartAsync(blockWork: RunningGateway.ShareWork);
        await using TestBoard board = await Gateway.EnrolAsync("board-1");
        await FindBlockAsync(board, Boot + 1);
        await RoundAsync();

        JsonElement page = await GetAsync("/v1/accounts?limit=3");
        JsonElement owner = await GetAsync("/v1/accounts/owner");
        JsonElement entries = await GetAsync("/v1/accounts/owner/entries");
        JsonElement head = await GetAsync("/v1/ledger");

        Assert.Equal(["proofs", "device:board-1:work", "chain"],
            page.GetProperty("accounts").EnumerateArray().Select(account => account.GetProperty("name").GetString()));
        Assert.Equal((5, 3), (page.GetProperty("total").GetInt32(), page.GetProperty("next").GetInt32()));
        Assert.Equal(("MSAT", $"{BlockMsat}"),
            (owner.GetProperty("unit").GetString(), owner.GetProperty("balance").GetString()));
        JsonElement entry = Assert.Single(entries.GetProperty("entries").EnumerateArray());
        Assert.Equal(("pool", $"{BlockMsat}", "block 1"), (entry.GetProperty("other").GetString(),
            entry.GetProperty("amount").GetString(), entry.GetProperty("memo").GetString()));
        Assert.Equal(Ledger.Head.Hash, head.GetProperty("hash").GetString());
    }

    [Theory]
    [InlineData("/v1/accounts?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/v1/accounts?from=-1", HttpStatusCode.BadRequest)]
    [InlineData("/v1/accounts/nobody", HttpStatusCode.NotFound)]
    [InlineData("/v1/accounts/nobody/entries", HttpStatusCode.NotFound)]
    [InlineData("/v1/accounts/owner/entries?before=0", HttpStatusCode.BadRequest)]
    [InlineData("/v1/accounts/owner/entries?limit=1001", HttpStatusCode.BadRequest)]
    public async Task Api_request_that_cannot_be_answered_gets_problem_details(string path, HttpStatusCode status)
    {
        await StartAsync();
        using HttpClient http = Gateway.Client();

        using HttpResponseMessage answer = await http.GetAsync($"http://{Gateway.Host.HttpEndPoint}{path}");

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("board-1", "device:board-1")]
    [InlineData("bc1q00.rig.2", "miner:bc1q00")]
    [InlineData("me@example.com.rig", "miner:me@example.com")]
    public void Payee_of_a_device_is_its_account(string device, string account) =>
        Assert.Equal(account, Payees.Of(Account.NameOf(device)).Name);

    private Journal Ledger => Gateway.Host.Room<Journal>();

    private async Task StartAsync(
        Action<GatewayOptions>? configure = null, ulong blockWork = RunningGateway.BlockWork) =>
        _gateway = await RunningGateway.StartAsync(options =>
        {
            // Rounds are the test's to call.
            options.Rewards.Interval = TimeSpan.FromHours(1);
            configure?.Invoke(options);
        }, blockWork);

    private Task RoundAsync() => Gateway.Host.Room<RewardDesk>().RoundAsync().WaitAsync(s_patience);

    private Int128 BalanceOf(Account account) => Ledger.Find(account.Name)?.Amount ?? 0;

    private static async Task MineAsync(TestBoard board, int shares, ulong from = Boot)
    {
        WorkRecord work = await board.FetchAsync();
        uint nonce = 0;
        for (int i = 1; i <= shares; i++)
        {
            ShareRecord share = TestBoard.Mine(work, from + (ulong)i, fromNonce: nonce);
            nonce = share.Nonce + 1;
            Assert.True((await board.SendAsync(share)).IsAccepted);
        }
    }

    /// <summary>Every share is a block here.</summary>
    private async Task<string> FindBlockAsync(TestBoard board, ulong sequence)
    {
        TaskCompletionSource<FoundBlock> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Gateway.Host.BlockFound += found.SetResult;
        Verdict verdict = await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), sequence));
        Assert.Equal(VerdictCode.BlockFound, verdict.Code);
        return (await found.Task.WaitAsync(s_patience)).Hash;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using HttpClient http = Gateway.Client();
        string json = await http.GetStringAsync($"http://{Gateway.Host.HttpEndPoint}{path}");
        return JsonDocument.Parse(json).RootElement.Clone();
    }
}
