using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Mqtt.Tests;

namespace MicroFirmware.Gateway.Tests.Payouts;

public sealed class PayoutScheduleTests : IAsyncDisposable
{
    private static readonly Account s_rich = Account.Device("rich");
    private static readonly Account s_poor = Account.Device("poor");
    private static readonly Account s_named = Account.Miner("bob@example.com");

    private readonly PayoutKit _kit = new();

    public async ValueTask DisposeAsync() => await _kit.DisposeAsync();

    [Fact]
    public async Task Round_pays_who_has_a_target_and_enough()
    {
        await _kit.EarnAsync(s_rich, 500_000);
        await _kit.EarnAsync(s_poor, 99_999);
        await _kit.EarnAsync(s_named, 200_000);
        await _kit.EarnAsync(Account.Owner, 900_000);
        _kit.SetTarget(s_rich);
        _kit.SetTarget(s_poor);

        await RoundAsync();
        await RoundAsync();

        Assert.Equal([s_rich.Name, s_named.Name], Records().Select(payout => payout.Account).Order());
        Assert.All(Records(), payout => Assert.Equal(PayoutStage.Paid, payout.Stage));
        Assert.Equal(900_000, _kit.BalanceOf(Account.Owner));
        Assert.Equal(99_999, _kit.BalanceOf(s_poor));
    }

    [Fact]
    public async Task Due_says_of_each_target_what_is_in_its_way()
    {
        await _kit.EarnAsync(s_rich, 500_000);
        await _kit.EarnAsync(s_poor, 99_999);
        _kit.SetTarget(s_rich);
        _kit.SetTarget(s_poor);
        _kit.SetTarget(Account.Device("new"), threshold: 7_000);

        Dictionary<string, string> why = _kit.Schedule.Due().ToDictionary(due => due.Target.Account, due => due.Why);

        Assert.Equal("", why["device:rich"]);
        Assert.Equal("The balance is below 100000 msat.", why["device:poor"]);
        Assert.Equal("The balance is below 7000 msat.", why["device:new"]);
    }

    [Fact]
    public async Task Round_own_threshold_counts_above_the_gateways()
    {
        await _kit.EarnAsync(s_rich, 500_000);
        _kit.SetTarget(s_rich, threshold: 500_001);

        await RoundAsync();
        Assert.Empty(Records());
        await _kit.EarnAsync(s_rich, 1);
        await RoundAsync();

        Assert.Single(Records());
    }

    [Fact]
    public async Task Round_invoice_as_target_is_paid_when_there_is_enough_and_then_is_none()
    {
        await _kit.EarnAsync(s_poor, 50_000);
        _kit.SetTarget(s_poor, _kit.Page.Invoice(60_000));
        await RoundAsync();
        await _kit.EarnAsync(s_poor, 50_000);

        await RoundAsync();
        await RoundAsync();

        Assert.Equal((PayoutStage.Paid, 60_000), (Assert.Single(Records()).Stage, Records()[0].AmountMsat));
        Assert.Null(_kit.Targets.Find(s_poor.Name));
    }

    [Fact]
    public async Task Round_payee_that_fails_rests_longer_each_time_and_comes_again()
    {
        await _kit.EarnAsync(s_rich, 500_000);
        _kit.SetTarget(s_rich);
        _kit.Page.Error = "closed";
        List<int> attempts = [];
        for (int hour = 0; hour < 8; hour++)
        {
            await RoundAsync();
            attempts.Add(Records().Count);
            _kit.Time.Advance(_kit.Settings.Interval);
        }

        // Pauses of 1, 2 and 4 intervals.
        Assert.Equal([1, 2, 2, 3, 3, 3, 3, 4], attempts);
        _kit.Page.Error = null;
        _kit.Time.Advance(TimeSpan.FromDays(1));
        await RoundAsync();

        Assert.Equal(PayoutStage.Paid, Records()[0].Stage);
    }

    [Fact]
    public async Task Round_days_cap_stops_it_and_the_next_day_goes_on()
    {
        _kit.Settings.DailyCapMsat = 600_000;
        await _kit.RestartAsync();
        for (int i = 0; i < 3; i++)
        {
            Account board = Account.Device($"board-{i}");
            await _kit.EarnAsync(board, 300_000);
            _kit.SetTarget(board);
            await RoundAsync();
        }

        int first = Records().Count;
        _kit.Time.Advance(TimeSpan.FromHours(25));
        await RoundAsync();

        Assert.Equal((2, 3), (first, Records().Count));
        Assert.All(Records(), payout => Assert.Equal(PayoutStage.Paid, payout.Stage));
    }

    [Fact]
    public async Task Round_with_a_payout_open_begins_no_other_one()
    {
        await _kit.EarnAsync(s_rich, 500_000);
        _kit.SetTarget(s_rich, threshold: 100_000);
        _kit.Node.OnPay = () => PaymentOutcome.Open("lost");

        await _kit.PayAsync(s_rich, amountMsat: 100_000);
        await RoundAsync();

        Assert.Single(Records());
        Assert.Contains("is open", Assert.Single(_kit.Schedule.Due()).Why);
    }

    [Fact]
    public async Task Start_keeps_the_interval_of_the_injected_clock()
    {
        await using PayoutKit kit = new();
        await kit.EarnAsync(s_rich, 500_000);
        kit.SetTarget(s_rich);

        // The clock stands: the first round is at the start, and no second one follows.
        kit.Schedule.Start();
        await Waiting.UntilAsync(() => kit.Schedule.Next > kit.Time.GetUtcNow());

        Assert.Equal(kit.Time.GetUtcNow() + kit.Settings.Interval, kit.Schedule.Next);
        Assert.Single(kit.Room.Page(null, "", 10));
    }

    private Task RoundAsync() => _kit.Schedule.RoundAsync(default);

    private IReadOnlyList<PayoutRecord> Records() => _kit.Room.Page(null, "", 100);
}
