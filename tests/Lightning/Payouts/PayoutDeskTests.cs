using System.Security.Cryptography;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;
using MicroFirmware.Lightning.Payouts;
using MicroFirmware.Lightning.Tests.Invoices;

namespace MicroFirmware.Lightning.Tests.Payouts;

public sealed class PayoutDeskTests : IAsyncLifetime
{
    private const long Now = 1_800_000_000;
    private const long Funds = 1_000_000;
    private const long Amount = 100_000;

    // 3,000 msat and one percent.
    private const long FeeLimit = 4_000;

    private static readonly Account s_board = Account.Device("board-1");

    private readonly MemoryLedgerStore _store = new();
    private readonly ScriptedBackend _node = new();
    private readonly ShiftedTime _time = new(DateTimeOffset.FromUnixTimeSeconds(Now));
    private Journal _journal = null!;
    private PayoutDesk _desk = null!;

    public async Task InitializeAsync()
    {
        Restart();
        await _journal.PostAsync(new Posting("block:1", 1, "", [new Entry(Account.Chain, s_board, Funds)]));
    }

    public Task DisposeAsync()
    {
        _journal.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task PayAsync_payment_arrives_and_the_fee_that_was_not_needed_comes_back()
    {
        _node.OnPay = () => PaymentOutcome.Success(new byte[32], 1_500);

        Assert.Equal(new PayoutAnswer(PayoutState.Paid, "", 1_500), await _desk.PayAsync(s_board, Invoice()));

        AssertBalances(board: Funds - Amount - 1_500, payouts: 0, paid: Amount + 1_500);
        Assert.Equal(0, await _desk.ReconcileAsync());
    }

    [Fact]
    public async Task PayAsync_payment_fails_and_everything_comes_back()
    {
        _node.OnPay = () => PaymentOutcome.Failure("no way");

        Assert.Equal(new PayoutAnswer(PayoutState.Returned, "no way"), await _desk.PayAsync(s_board, Invoice()));

        AssertBalances(board: Funds, payouts: 0, paid: 0);
    }

    [Fact]
    public async Task PayAsync_fee_above_the_limit_is_the_operators_loss()
    {
        _node.OnPay = () => PaymentOutcome.Success(new byte[32], FeeLimit + 7);

        await _desk.PayAsync(s_board, Invoice());

        AssertBalances(board: Funds - Amount - FeeLimit, payouts: 0, paid: Amount + FeeLimit + 7);
        Assert.Equal(-7, BalanceOf(Account.Operator));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PayAsync_same_invoice_again_is_never_sent_again(bool arrived)
    {
        _node.OnPay = () => arrived ? PaymentOutcome.Success(new byte[32], 0) : PaymentOutcome.Failure("no way");
        string invoice = Invoice();
        await _desk.PayAsync(s_board, invoice);
        Int128 board = BalanceOf(s_board);

        PayoutAnswer again = await _desk.PayAsync(s_board, invoice);

        Assert.Equal(PayoutState.Refused, again.State);
        Assert.Equal((1, board), (_node.Sent, BalanceOf(s_board)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReconcileAsync_unknown_stays_reserved_until_the_node_knows(bool arrived)
    {
        _node.OnPay = () => PaymentOutcome.Open("time is over");
        Assert.Equal(PayoutState.Pending, (await _desk.PayAsync(s_board, Invoice())).State);
        AssertBalances(board: Funds - Amount - FeeLimit, payouts: Amount + FeeLimit, paid: 0);
        _time.Advance(TimeSpan.FromHours(1));
        int unknown = await _desk.ReconcileAsync();
        _node.OnFind = () => arrived ? PaymentOutcome.Success(new byte[32], 2) : PaymentOutcome.Failure("never came");

        int known = await _desk.ReconcileAsync();

        Assert.Equal((1, 0), (unknown, known));
        Int128 spent = arrived ? Amount + 2 : 0;
        AssertBalances(board: Funds - spent, payouts: 0, paid: spent);
    }

    [Fact]
    public async Task ReconcileAsync_failure_is_not_believed_before_the_nodes_patience_is_over()
    {
        _node.OnPay = () => PaymentOutcome.Open("lost");
        _node.OnFind = () => PaymentOutcome.Failure("not known here");
        await _desk.PayAsync(s_board, Invoice());

        int early = await _desk.ReconcileAsync();
        AssertBalances(board: Funds - Amount - FeeLimit, payouts: Amount + FeeLimit, paid: 0);
        _time.Advance(TimeSpan.FromMinutes(3));
        int late = await _desk.ReconcileAsync();

        Assert.Equal((1, 0), (early, late));
        AssertBalances(board: Funds, payouts: 0, paid: 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReconcileAsync_killed_while_sending_is_found_by_the_next_run(bool arrived)
    {
        _node.OnPay = () => throw new IOException("killed");
        await Assert.ThrowsAsync<IOException>(() => _desk.PayAsync(s_board, Invoice()));
        for (byte i = 1; i <= 3; i++)
        {
            // Others that ended well stand around it in the ledger.
            _node.OnPay = () => PaymentOutcome.Success(new byte[32], 0);
            await _desk.PayAsync(s_board, Invoice(1_000, i));
        }

        Restart();
        _time.Advance(TimeSpan.FromHours(1));
        _node.OnFind = () => arrived ? PaymentOutcome.Success(new byte[32], 0) : PaymentOutcome.Failure("never came");

        Assert.Equal(0, await _desk.ReconcileAsync());
        Int128 spent = 3_000 + (arrived ? Amount : 0);
        AssertBalances(board: Funds - spent, payouts: 0, paid: spent);
    }

    [Fact]
    public async Task ReconcileAsync_node_that_changes_its_mind_moves_no_money()
    {
        _node.OnPay = () => PaymentOutcome.Failure("no way");
        string invoice = Invoice();
        await _desk.PayAsync(s_board, invoice);
        _node.OnFind = () => PaymentOutcome.Success(new byte[32], 0);

        Assert.Equal(0, await _desk.ReconcileAsync());

        AssertBalances(board: Funds, payouts: 0, paid: 0);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "cannot be read", "lnbc1nonsense" },
        { "not for the chain bcrt", Invoice(prefix: "bc") },
        { "names no amount", Invoice(amount: null) },
        { "has expired", Invoice(time: Now - 3600) },
        { "at least 1000 msat", Invoice(999) },
        { "approval", Invoice(500_001) },
        { "The day's payouts", Invoice(450_000) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task PayAsync_what_may_not_be_paid_is_refused_and_says_why(string reason, string invoice)
    {
        PayoutAnswer answer = await _desk.PayAsync(s_board, invoice);

        Assert.Equal(PayoutState.Refused, answer.State);
        Assert.Contains(reason, answer.Reason);
        Assert.Equal(0, _node.Sent);
        AssertBalances(board: Funds, payouts: 0, paid: 0);
    }

    [Fact]
    public async Task PayAsync_more_than_there_is_is_refused()
    {
        Account poor = Account.Device("poor");
        await _journal.PostAsync(
            new Posting("block:2", 1, "", [new Entry(Account.Chain, poor, Amount + FeeLimit - 1)]));

        PayoutAnswer answer = await _desk.PayAsync(poor, Invoice());

        Assert.Contains($"does not hold {Amount + FeeLimit} msat", answer.Reason);
        Assert.Equal(0, _node.Sent);
    }

    [Fact]
    public async Task PayAsync_approved_payout_may_exceed_the_limit_but_not_the_days_cap()
    {
        PayoutAnswer asked = await Desk(dailyCap: 600_000).PayAsync(s_board, Invoice(500_001), isApproved: true);
        PayoutAnswer capped = await Desk(dailyCap: 600_000)
            .PayAsync(s_board, Invoice(500_001, number: 2), isApproved: true);

        Assert.Equal(PayoutState.Paid, asked.State);
        Assert.Contains("The day's", capped.Reason);
    }

    [Fact]
    public async Task PayAsync_accounts_of_the_books_own_are_never_paid_out()
    {
        await _desk.PayAsync(s_board, Invoice());

        foreach (Account own in new[] { Account.Paid, Account.Payouts, Account.Pool, Account.Operator })
        {
            Assert.Contains("Nothing is paid", (await _desk.PayAsync(own, Invoice(1_000, 9))).Reason);
        }
    }

    [Fact]
    public async Task Look_says_what_the_ledger_knows_of_a_hash()
    {
        string Hash(byte number) => Convert.ToHexStringLower(SHA256.HashData([number]));
        List<(string, PayoutState)> told = [];
        _desk.Ended += (hash, answer) => told.Add((hash, answer.State));
        _node.OnPay = () => PaymentOutcome.Success(new byte[32], 12);
        await _desk.PayAsync(s_board, Invoice(1_000, 1));
        _node.OnPay = () => PaymentOutcome.Failure("no way");
        await _desk.PayAsync(s_board, Invoice(1_000, 2));
        _node.OnPay = () => PaymentOutcome.Open("lost");
        await _desk.PayAsync(s_board, Invoice(1_000, 3));

        Assert.Equal(new PayoutAnswer(PayoutState.Paid, "", 12), _desk.Look(Hash(1)));
        Assert.Equal(PayoutState.Returned, _desk.Look(Hash(2))!.State);
        Assert.Equal(PayoutState.Pending, _desk.Look(Hash(3))!.State);
        Assert.Null(_desk.Look(Hash(4)));
        Assert.Equal([(Hash(1), PayoutState.Paid), (Hash(2), PayoutState.Returned)], told);
    }

    [Theory]
    [InlineData(3_000, 10_000)]
    [InlineData(0, 0)]
    [InlineData(1, 999_999)]
    [InlineData(7, 1)]
    public void LargestOf_balance_is_covered_and_one_more_is_not(long feeBase, int ppm)
    {
        PayoutOptions options = new() { FeeBaseMsat = feeBase, FeePpm = ppm };
        Random random = new(ppm);
        for (int i = 0; i < 5_000; i++)
        {
            long balance = random.NextInt64(0, i % 2 == 0 ? 10_000 : 1L << 50);

            long largest = options.LargestOf(balance);

            Assert.True(largest == 0 || largest + options.FeeLimitOf(largest) <= balance);
            Assert.True(largest + 1 + options.FeeLimitOf(largest + 1) > balance);
        }
    }

    [Fact]
    public async Task PayAsync_trial_sends_nothing()
    {
        PayoutAnswer answer = await _desk.PayAsync(s_board, Invoice(), dryRun: true);

        Assert.Contains("trial", answer.Reason);
        Assert.Equal(0, _node.Sent);
        AssertBalances(board: Funds, payouts: 0, paid: 0);
    }

    [Fact]
    public async Task PayAsync_of_an_invoice_that_is_under_way_does_not_end_the_first()
    {
        PayoutAnswer? again = null;
        int pending = 0;
        _node.OnFind = () => PaymentOutcome.Failure("the node does not know it");
        _node.WhilePaying = async () =>
        {
            again = await _desk.PayAsync(s_board, Invoice());
            _time.Advance(TimeSpan.FromHours(1));
            pending = await _desk.ReconcileAsync();
        };

        PayoutAnswer first = await _desk.PayAsync(s_board, Invoice());

        Assert.Equal((PayoutState.Paid, PayoutState.Refused, 1), (first.State, again!.State, pending));
        AssertBalances(board: Funds - Amount, payouts: 0, paid: Amount);
    }

    [Fact]
    public async Task PayAsync_what_came_back_does_not_count_for_the_day()
    {
        _node.OnPay = () => PaymentOutcome.Failure("no way");
        for (byte i = 0; i < 5; i++)
        {
            Assert.Equal(PayoutState.Returned, (await _desk.PayAsync(s_board, Invoice(200_000, i))).State);
        }

        _node.OnPay = () => PaymentOutcome.Success(new byte[32], 0);
        Assert.Equal(PayoutState.Paid, (await _desk.PayAsync(s_board, Invoice(300_000, 50))).State);
        Assert.Contains("The day's", (await _desk.PayAsync(s_board, Invoice(200_000, 51))).Reason);
        _time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(PayoutState.Paid,
            (await _desk.PayAsync(s_board, Invoice(200_000, 52, time: Now + (25 * 3600)))).State);
    }

    private static string Invoice(long? amount = Amount, byte number = 0, string prefix = "bcrt", long time = Now)
    {
        byte[] hash = SHA256.HashData([number]);
        return Bolt11Writer.Write(prefix, amount, time,
            [Bolt11Field.PaymentHash(hash), Bolt11Field.PaymentSecret(hash), Bolt11Field.Description("x")],
            Bolt11Vectors.Key);
    }

    private void Restart()
    {
        _journal?.Dispose();
        _journal = Journal.Open(() => _store);
        _desk = Desk();
    }

    private PayoutDesk Desk(long dailyCap = 450_000) => new(_journal, _node, new PayoutOptions
    {
        Prefix = "bcrt",
        ApprovalMsat = 500_000,
        DailyCapMsat = dailyCap,
    }, _time);

    private void AssertBalances(Int128 board, Int128 payouts, Int128 paid) => Assert.Equal(
        (board, payouts, paid), (BalanceOf(s_board), BalanceOf(Account.Payouts), BalanceOf(Account.Paid)));

    private Int128 BalanceOf(Account account) => _journal.Find(account.Name)?.Amount ?? 0;
}
