using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Rewards;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Payouts;

public sealed class PayoutRoomTests : IAsyncDisposable
{
    private const long Funds = 1_000_000;

    private static readonly Account s_board = Account.Device("board-1");

    private PayoutKit _kit = new();

    public async ValueTask DisposeAsync() => await _kit.DisposeAsync();

    [Fact]
    public async Task Begin_pays_all_that_fee_and_whole_satoshi_leave()
    {
        await EarnAsync();
        _kit.SetTarget(s_board);
        _kit.Node.OnPay = () => PaymentOutcome.Success(new byte[32], 1_234);

        PayoutRecord paid = await _kit.PayAsync(s_board);

        // (1,000,000 - 3,000) / 1.01 is 987,128.7 msat.
        Assert.Equal((PayoutStage.Paid, 987_000, 1_234), (paid.Stage, paid.AmountMsat, paid.FeeMsat));
        Assert.Equal((Funds - 987_000 - 1_234, 987_000 + 1_234, 0), Balances());
        Assert.Equal([987_000L], _kit.Node.Sent);
    }

    [Fact]
    public async Task Begin_payee_that_takes_less_gets_what_it_takes()
    {
        await EarnAsync();
        _kit.SetTarget(s_board);
        _kit.Page.MaxMsat = 50_999;

        Assert.Equal(50_000, (await _kit.PayAsync(s_board)).AmountMsat);
    }

    [Fact]
    public async Task Begin_invoice_is_paid_as_it_says()
    {
        await EarnAsync();
        string invoice = _kit.Page.Invoice(123_456);

        PayoutRecord paid = await _kit.PayAsync(s_board, invoice);
        PayoutRecord again = await _kit.PayAsync(s_board, invoice);

        Assert.Equal((PayoutStage.Paid, 123_456), (paid.Stage, paid.AmountMsat));
        Assert.Equal(PayoutStage.Refused, again.Stage);
        Assert.Contains("tried before", again.Reason);
        Assert.Single(_kit.Node.Sent);
    }

    [Theory]
    [InlineData("bc", false)]
    [InlineData("bcrt", true)]
    public async Task Coins_of_a_practice_chain_are_not_paid_in_real_ones(string chain, bool isPaid)
    {
        await EarnAsync();
        _kit.Settings.Chain = chain;
        string invoice = _kit.Page.Invoice(10_000, chain);
        await _kit.Journal.PostAsync(Bookings.Block(
            new string('0', 64), 1, 1, 50_000, 0, [new Credit(s_board.Name, 50_000)], source: Account.Practice));

        PayoutStart start = _kit.Room.Begin(s_board.Name, invoice, null, dryRun: false, PayoutRecord.Owner);

        Assert.Equal(isPaid ? PayoutFault.None : PayoutFault.PracticeCoins, start.Fault);
        Assert.Equal(isPaid, start.Payout is not null);
    }

    [Fact]
    public async Task Payout_that_waits_is_not_approved_once_coins_of_a_practice_chain_are_there()
    {
        await EarnAsync();
        _kit.Settings.ApprovalMsat = 1;
        PayoutStart waiting = _kit.Room.Begin(
            s_board.Name, _kit.Page.Invoice(10_000), null, dryRun: false, PayoutRecord.Owner);
        Assert.Equal(PayoutStage.AwaitsApproval, waiting.Payout!.Stage);
        await _kit.Journal.PostAsync(Bookings.Block(
            new string('0', 64), 1, 1, 50_000, 0, [new Credit(s_board.Name, 50_000)], source: Account.Practice));

        Assert.Equal(PayoutFault.PracticeCoins, _kit.Room.Decide(waiting.Payout.Id, isApproved: true).Fault);
        Assert.Empty(_kit.Node.Sent);
        Assert.Equal(PayoutStage.Rejected, _kit.Room.Decide(waiting.Payout.Id, isApproved: false).Payout!.Stage);
    }

    [Fact]
    public async Task Payout_that_cannot_be_written_down_sends_nothing_and_makes_room_for_the_next()
    {
        await EarnAsync();
        _kit.SetTarget(s_board);
        PayoutRecord stuck;
        using (Database other = Database.Open(_kit.File))
        {
            _kit.Page.Asked = () =>
            {
                other.Rollback();
                other.Execute("BEGIN IMMEDIATE");
            };
            stuck = await _kit.PayAsync(s_board);
            _kit.Page.Asked = () => { };
        }

        await _kit.Room.ReconcileAsync(default);

        Assert.Equal((PayoutStage.Asking, PayoutStage.Refused), (stuck.Stage, _kit.Room.Find(stuck.Id)!.Stage));
        Assert.Empty(_kit.Node.Sent);
        Assert.Equal(PayoutStage.Paid, (await _kit.PayAsync(s_board)).Stage);
    }

    [Fact]
    public async Task Payout_whose_end_cannot_be_written_down_is_ended_by_the_ledgers_word()
    {
        await EarnAsync();
        _kit.SetTarget(s_board);
        PayoutRecord stuck;
        using (Database other = Database.Open(_kit.File))
        {
            _kit.Node.OnPay = () =>
            {
                other.Execute("BEGIN IMMEDIATE");
                return PaymentOutcome.Success(new byte[32], 1_234);
            };
            stuck = await _kit.PayAsync(s_board);
        }

        await _kit.Room.ReconcileAsync(default);

        PayoutRecord ended = _kit.Room.Find(stuck.Id)!;
        Assert.Equal((PayoutStage.Sending, PayoutStage.Paid, 1_234), (stuck.Stage, ended.Stage, ended.FeeMsat));
        Assert.Single(_kit.Node.Sent);
    }

    [Fact]
    public async Task Begin_node_key_is_paid_without_an_invoice()
    {
        await EarnAsync();

        PayoutRecord paid = await _kit.PayAsync(s_board, "02" + new string('a', 64), 5_000);

        Assert.Equal((PayoutStage.Paid, 64), (paid.Stage, paid.Hash.Length));
        Assert.Equal((Funds - 5_000, 5_000, 0), Balances());
    }

    [Fact]
    public async Task Begin_page_that_fails_sends_nothing_and_says_why()
    {
        await EarnAsync();
        _kit.SetTarget(s_board);
        _kit.Page.Error = "closed today";

        PayoutRecord refused = await _kit.PayAsync(s_board);

        Assert.Equal(PayoutStage.Refused, refused.Stage);
        Assert.Contains("closed today", refused.Reason);
        Assert.Equal((Funds, 0, 0), Balances());
    }

    [Fact]
    public async Task Begin_unknown_outcome_is_reserved_and_no_second_payout_begins_before_it_is_known()
    {
        await EarnAsync();
        _kit.SetTarget(s_board);
        _kit.Node.OnPay = () => PaymentOutcome.Open("time is over");
        PayoutRecord first = await _kit.PayAsync(s_board, amountMsat: 10_000);

        PayoutStart second = _kit.Room.Begin("device:board-1", null, 10_000, false, PayoutRecord.Owner);
        _kit.Node.OnFind = () => PaymentOutcome.Success(new byte[32], 5);
        await _kit.Room.ReconcileAsync(default);

        Assert.Equal((PayoutStage.Sending, "time is over"), (first.Stage, first.Reason));
        Assert.Equal(PayoutFault.AnotherOpen, second.Fault);
        PayoutRecord known = _kit.Room.Find(first.Id)!;
        Assert.Equal((PayoutStage.Paid, 5), (known.Stage, known.FeeMsat));
        Assert.Equal((Funds - 10_005, 10_005, 0), Balances());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decide_large_payout_waits_for_the_owner_over_a_restart(bool isApproved)
    {
        await Restart(settings => settings.ApprovalMsat = 100_000);
        await EarnAsync();
        _kit.SetTarget(s_board);
        PayoutRecord waiting = await _kit.PayAsync(s_board);
        await _kit.RestartAsync();
        Assert.Equal(PayoutStage.AwaitsApproval, _kit.Room.Find(waiting.Id)!.Stage);
        Assert.Empty(_kit.Node.Sent);

        PayoutStart decided = _kit.Room.Decide(waiting.Id, isApproved);
        PayoutRecord end = await _kit.Room.WaitAsync(decided.Payout!, TimeSpan.FromMinutes(1), default);

        Assert.Equal(isApproved ? PayoutStage.Paid : PayoutStage.Rejected, end.Stage);
        Assert.Equal(isApproved ? 1 : 0, _kit.Node.Sent.Count);
        Assert.Equal(PayoutFault.NotWaiting, _kit.Room.Decide(waiting.Id, isApproved).Fault);
    }

    [Fact]
    public async Task Begin_trial_and_dry_run_send_nothing()
    {
        await EarnAsync();
        _kit.SetTarget(s_board);

        PayoutStart trial = _kit.Room.Begin("device:board-1", null, null, dryRun: true, PayoutRecord.Owner);
        _kit.Settings.DryRun = true;
        PayoutStart setting = _kit.Room.Begin("device:board-1", null, null, dryRun: false, PayoutRecord.Owner);

        Assert.Equal((0, 987_000), (trial.Payout!.Id, trial.Payout.AmountMsat));
        Assert.Equal(trial.Payout, setting.Payout);
        Assert.Empty(_kit.Room.Page(null, "", 10));
        Assert.Equal((Funds, 0, 0), Balances());
    }

    [Theory]
    [InlineData("device:board-2", null, null, "NoSuchAccount")]
    [InlineData("paid", null, null, "NoSuchAccount")]
    [InlineData("operator", null, null, "NoSuchAccount")]
    [InlineData("device:board-1", null, null, "NoTarget")]
    [InlineData("device:board-1", "alice", null, "BadTarget")]
    [InlineData("device:board-1", "alice@example.com", 2_000_000L, "NotPayable")]
    [InlineData("device:board-1", "alice@example.com", 999L, "NotPayable")]
    public async Task Begin_what_cannot_be_paid_is_not_begun(string account, string? to, long? msat, string fault)
    {
        await EarnAsync();
        await _kit.PayAsync(s_board, _kit.Page.Invoice(1_000));

        PayoutStart start = _kit.Room.Begin(account, to, msat, dryRun: false, PayoutRecord.Owner);

        Assert.Equal(fault, start.Fault.ToString());
        Assert.Single(_kit.Room.Page(null, "", 10));
    }

    /// <summary>Killed at each step, the next run's word for people is the ledger's.</summary>
    [Theory]
    [InlineData("paid")]
    [InlineData("returned")]
    [InlineData("unknown")]
    public async Task Resume_payout_of_an_earlier_run_is_told_as_the_ledger_ended_it(string end)
    {
        await EarnAsync();
        _kit.Node.OnPay = () => end == "unknown" ? PaymentOutcome.Open("lost") : throw new IOException("killed");
        PayoutRecord sent = await _kit.PayAsync(s_board, _kit.Page.Invoice(10_000));
        Assert.Equal(PayoutStage.Sending, sent.Stage);

        await _kit.RestartAsync();
        _kit.Time.Advance(TimeSpan.FromHours(1));
        _kit.Node.OnFind = () => end switch
        {
            "paid" => PaymentOutcome.Success(new byte[32], 7),
            "returned" => PaymentOutcome.Failure("no way"),
            _ => PaymentOutcome.Open("not known yet"),
        };
        await _kit.Room.ReconcileAsync(default);
        await _kit.RestartAsync();

        PayoutStage stage = _kit.Room.Find(sent.Id)!.Stage;
        Assert.Equal(end switch
        {
            "paid" => (PayoutStage.Paid, (Funds - 10_007, 10_007, 0)),
            "returned" => (PayoutStage.Returned, (Funds, 0, 0)),
            _ => (PayoutStage.Sending, (Funds - 13_100, 0, 13_100)),
        }, (stage, Balances()));
    }

    private Task EarnAsync() => _kit.EarnAsync(s_board, Funds);

    private (Int128 Board, Int128 Paid, Int128 InFlight) Balances() =>
        (_kit.BalanceOf(s_board), _kit.BalanceOf(Account.Paid), _kit.BalanceOf(Account.Payouts));

    private async Task Restart(Action<PayoutSettings> configure)
    {
        await _kit.DisposeAsync();
        _kit = new PayoutKit(configure);
    }
}
