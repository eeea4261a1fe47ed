using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Paywall;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Proofs;

/// <summary>What a customer paid is shared out or returned: one of them, once, over a crash too.</summary>
public sealed class ProofFeeTests : IDisposable
{
    private static readonly PaymentReceipt s_balance = new("pay:customer:0000000000000001", "customer", null);
    private static readonly PaymentReceipt s_token = new("l402:" + new string('a', 64), null, 1_000);

    private readonly Journal _journal;
    private ProofFees _fees;

    public ProofFeeTests()
    {
        MemoryLedgerStore store = new();
        _journal = Journal.Open(() => store);
        _fees = Open();
    }

    public void Dispose() => _journal.Dispose();

    [Theory]
    [InlineData(1_000, 3)]
    [InlineData(1, 4)]
    [InlineData(10, 7)]
    public async Task Fee_is_shared_out_to_the_last_millisatoshi_and_buys_nothing_more(long msat, int boards)
    {
        await PayAsync(s_balance.Key, "device:customer", msat);
        string[] right = [.. Enumerable.Range(0, boards).Select(i => $"board-{i}")];

        Assert.Equal(ProofFeeState.Begun, _fees.Begin(s_balance));
        Assert.Equal(ProofFeeState.UnderWay, _fees.Begin(s_balance));
        Assert.True(await _fees.ShareAsync(s_balance, msat, right));
        _fees.End(s_balance);

        Assert.Equal(ProofFeeState.Spent, _fees.Begin(s_balance));
        Assert.Equal(msat, right.Sum(board => BalanceOf($"device:{board}")));
        Assert.Equal(0, BalanceOf("proofs:held"));
        Assert.False(await _fees.ShareAsync(s_balance, msat, ["board-9"]));
    }

    [Fact]
    public async Task Fee_of_an_undecided_proof_goes_back_once()
    {
        await PayAsync(s_balance.Key, "device:customer", 1_000);

        await _fees.ReturnAsync(s_balance, 1_000);
        await _fees.ReturnAsync(s_balance, 1_000);

        Assert.Equal(0, BalanceOf("device:customer"));
        Assert.Equal(0, BalanceOf("proofs:held"));
        Assert.False(await _fees.ShareAsync(s_balance, 1_000, ["board-1"]));
    }

    [Fact]
    public async Task Token_of_an_undecided_proof_is_good_for_another()
    {
        await PayAsync(s_token.Key, "lightning", 1_000);
        Assert.Equal(ProofFeeState.Begun, _fees.Begin(s_token));
        await _fees.ReturnAsync(s_token, 1_000);
        _fees.End(s_token);

        Assert.Equal(ProofFeeState.Begun, _fees.Begin(s_token));
        Assert.True(await _fees.ShareAsync(s_token, 1_000, ["board-1"]));
        Assert.Equal(1_000, BalanceOf("device:board-1"));
    }

    [Fact]
    public async Task Gateway_that_was_killed_returns_at_its_start_what_it_had_not_ended()
    {
        await PayAsync("pay:a:1", "device:a", 700);
        await PayAsync(s_token.Key, "lightning", 1_000);
        await PayAsync("pay:b:1", "device:b", 300);
        await PayAsync("pay:a:2", "device:a", 50);
        await _fees.ShareAsync(new PaymentReceipt("pay:b:1", "b", null), 300, ["board-1"]);

        _fees = Open();
        await _fees.RecoverAsync();
        await _fees.RecoverAsync();

        Assert.Equal((0L, -300L), (BalanceOf("device:a"), BalanceOf("device:b")));
        Assert.Equal(1_000, BalanceOf("proofs:held"));
        Assert.Equal(ProofFeeState.Begun, _fees.Begin(s_token));
    }

    private ProofFees Open() => new(_journal, TimeProvider.System, NullLogger<ProofFees>.Instance);

    private long BalanceOf(string account) =>
        (long)(_journal.Find(account)?.Amount ?? 0) - (_journal.Contains($"gift:{account}") ? 5_000 : 0);

    private async Task PayAsync(string key, string from, long msat)
    {
        bool isLightning = from == "lightning";
        Account payer = isLightning ? PaywallAccounts.Lightning : new Account(from, LedgerUnit.MilliSatoshi);
        if (!isLightning && _journal.Find(from) is null)
        {
            await _journal.PostAsync(new Posting($"gift:{from}", 1, "", [new Entry(Account.Operator, payer, 5_000)]));
        }

        Assert.Equal(PostResult.Posted,
            await _journal.PostAsync(new Posting(key, 1, "", [new Entry(payer, ProofFees.Held, msat)])));
    }
}
