using MicroFirmware.Ledger.Book;
using MicroFirmware.Paywall.Tokens;
using MicroFirmware.Protocol;

namespace MicroFirmware.Paywall.Tests;

public sealed class CashierTests : IDisposable
{
    private readonly TestTill _till = new();

    public void Dispose() => _till.Dispose();

    [Fact]
    public async Task Token_that_was_paid_opens_its_page_and_credits_the_payee_once()
    {
        L402Credential credential = await _till.BuyAsync();

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(credential.ToHttp()));
        }

        _till.Restart();
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(credential.ToHttp()));
        Assert.Equal(50, _till.BalanceOf(TestTill.Terms.Payee));
        Assert.Equal(-50, _till.BalanceOf(PaywallAccounts.Lightning));
    }

    [Fact]
    public async Task Token_that_was_narrowed_opens_less_and_credits_what_was_paid()
    {
        PaymentTerms site = TestTill.Terms with { Path = "/" };
        L402Credential whole = await _till.BuyAsync(site);
        string narrow = new L402Credential(whole.Token.With("path=/a"), whole.Preimage).ToHttp();

        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(narrow, "/a", site));
        Assert.Equal(PaymentResult.WrongPath, await _till.AdmitAsync(narrow, "/b", site));
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(whole.ToHttp(), "/b", site));
        Assert.Equal(50, _till.BalanceOf(site.Payee));
    }

    [Fact]
    public async Task Token_for_another_page_price_or_hour_does_not_open()
    {
        string header = (await _till.BuyAsync()).ToHttp();

        Assert.Equal(PaymentResult.WrongPath, await _till.AdmitAsync(header, "/articles/2"));
        Assert.Equal(PaymentResult.TooLittle,
            await _till.AdmitAsync(header, terms: TestTill.Terms with { PriceMsat = 51 }));
        _till.Time.Advance(TestTill.Terms.Validity);
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(header));
        _till.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PaymentResult.Expired, await _till.AdmitAsync(header));
    }

    [Fact]
    public async Task Token_that_was_not_paid_does_not_open()
    {
        L402Credential paid = await _till.BuyAsync();
        L402Credential other = await _till.BuyAsync();

        Assert.Equal(PaymentResult.Forged, await _till.AdmitAsync((paid with { Preimage = other.Preimage }).ToHttp()));
        Assert.Equal(0, _till.BalanceOf(TestTill.Terms.Payee));
    }

    [Fact]
    public async Task Token_of_another_mint_does_not_open()
    {
        byte[] preimage = new byte[32];
        Macaroon token = new TokenMint(new byte[32]).Make(
            System.Security.Cryptography.SHA256.HashData(preimage), 50, "/", 1_900_000_000, null);

        Assert.Equal(PaymentResult.Forged, await _till.AdmitAsync(new L402Credential(token, preimage).ToHttp()));
    }

    [Fact]
    public async Task Counted_token_stays_used_up_over_a_restart()
    {
        PaymentTerms counted = TestTill.Terms with { Uses = 3 };
        string header = (await _till.BuyAsync(counted)).ToHttp();

        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(header));
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(header));
        _till.Restart();
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(header));
        Assert.Equal(PaymentResult.UsedUp, await _till.AdmitAsync(header));
        _till.Restart();
        Assert.Equal(PaymentResult.UsedUp, await _till.AdmitAsync(header));
    }

    [Fact]
    public async Task Counted_token_used_by_a_crowd_at_once_is_used_as_often_as_it_may_be()
    {
        string header = (await _till.BuyAsync(TestTill.Terms with { Uses = 100 })).ToHttp();

        PaymentResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => _till.AdmitAsync(header))));

        Assert.Equal(100, results.Count(result => result == PaymentResult.Paid));
        Assert.Equal(900, results.Count(result => result == PaymentResult.UsedUp));
    }

    [Fact]
    public async Task Counted_token_narrowed_to_an_earlier_end_is_not_forgotten_early()
    {
        PaymentTerms counted = TestTill.Terms with { Uses = 1, Validity = TimeSpan.FromDays(30) };
        L402Credential whole = await _till.BuyAsync(counted);
        string narrow = new L402Credential(whole.Token.With("expires=1800000001"), whole.Preimage).ToHttp();
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(narrow));

        _till.Time.Advance(TimeSpan.FromDays(20));
        string other = (await _till.BuyAsync(TestTill.Terms with { Uses = 2_000 })).ToHttp();
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(_ => _till.AdmitAsync(other)));

        Assert.Equal(PaymentResult.UsedUp, await _till.AdmitAsync(whole.ToHttp()));
    }

    [Fact]
    public async Task Balance_pays_the_page_and_both_see_it()
    {
        await _till.EarnAsync(120);

        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(TestTill.Sign(1).ToHttp()));
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(TestTill.Sign(2, most: 1_000).ToHttp()));
        Assert.Equal(PaymentResult.InsufficientBalance, await _till.AdmitAsync(TestTill.Sign(3).ToHttp()));

        Assert.Equal(20, _till.BalanceOf(Account.Device(TestTill.Board)));
        Assert.Equal(100, _till.BalanceOf(TestTill.Terms.Payee));
        StatementLine given = _till.Journal.Statement("device:kitchen-7", null, 1)[0];
        StatementLine got = _till.Journal.Statement("site:news", null, 1)[0];
        Assert.Equal(("site:news", -50L), (given.Other, given.Amount));
        Assert.Equal(("device:kitchen-7", 50L), (got.Other, got.Amount));
        Assert.Equal("pay:kitchen-7:0000000000000002", got.Key);
    }

    [Fact]
    public async Task Credential_sent_again_pays_nothing_also_after_a_restart()
    {
        await _till.EarnAsync(500);
        string header = TestTill.Sign(7).ToHttp();

        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(header));
        Assert.Equal(PaymentResult.Replayed, await _till.AdmitAsync(header));
        Assert.Equal(PaymentResult.Replayed, await _till.AdmitAsync(TestTill.Sign(6).ToHttp()));
        _till.Restart();
        Assert.Equal(PaymentResult.Replayed, await _till.AdmitAsync(header));
        Assert.Equal(450, _till.BalanceOf(Account.Device(TestTill.Board)));
    }

    [Fact]
    public async Task Credential_that_was_refused_for_its_balance_is_worth_nothing_when_there_is_one()
    {
        string header = TestTill.Sign(1).ToHttp();
        Assert.Equal(PaymentResult.InsufficientBalance, await _till.AdmitAsync(header));

        await _till.EarnAsync(500);

        Assert.Equal(PaymentResult.Replayed, await _till.AdmitAsync(header));
        Assert.Equal(500, _till.BalanceOf(Account.Device(TestTill.Board)));
    }

    [Fact]
    public async Task Credential_for_something_else_pays_nothing()
    {
        await _till.EarnAsync(500);

        Assert.Equal(PaymentResult.BadMac, await _till.AdmitAsync(TestTill.Sign(1).ToHttp(), "/articles/2"));
        Assert.Equal(PaymentResult.BadMac, await _till.AdmitAsync(TestTill.Sign(1, payee: "site:x").ToHttp()));
        Assert.Equal(PaymentResult.BadMac, await _till.AdmitAsync(TestTill.Sign(1, payer: "stranger").ToHttp()));
        Assert.Equal(PaymentResult.BadMac, await _till.AdmitAsync(TestTill.Sign(ulong.MaxValue).ToHttp()));
        Assert.Equal(PaymentResult.TooLittle, await _till.AdmitAsync(TestTill.Sign(1, most: 49).ToHttp()));
        Assert.Equal(PaymentResult.Malformed,
            await _till.AdmitAsync(Credential.ForWork(TestTill.Board, 1, TestTill.Key).ToHttp()));
        Assert.Equal(500, _till.BalanceOf(Account.Device(TestTill.Board)));
    }

    [Fact]
    public async Task Crowd_with_one_credential_or_little_money_gets_what_was_paid_for()
    {
        await _till.EarnAsync(500);
        string[] headers = [.. Enumerable.Range(0, 400).Select(i => TestTill.Sign((ulong)(i / 2) + 1).ToHttp())];

        PaymentResult[] results = await Task.WhenAll(
            headers.Select(header => Task.Run(() => _till.AdmitAsync(header))));

        int paid = results.Count(result => result == PaymentResult.Paid);
        Assert.InRange(paid, 1, 10);
        Assert.Equal(500 - (50 * paid), _till.BalanceOf(Account.Device(TestTill.Board)));
        Assert.Equal(50 * paid, _till.BalanceOf(TestTill.Terms.Payee));
    }

    [Fact]
    public async Task Owner_pays_with_an_account_of_its_own_and_not_itself()
    {
        await _till.Journal.PostAsync(new Posting("block:o", 1, "", [new Entry(Account.Chain, Account.Owner, 60)]));
        PaymentTerms own = TestTill.Terms with { Payee = Account.Owner };

        Assert.Equal(PaymentResult.Paid,
            await _till.AdmitAsync(TestTill.Sign(1, payer: PaymentCredential.Owner).ToHttp()));
        Assert.Equal(PaymentResult.OwnPage, await _till.AdmitAsync(
            TestTill.Sign(2, payer: PaymentCredential.Owner, payee: "owner").ToHttp(), terms: own));
        Assert.Equal(10, _till.BalanceOf(Account.Owner));
    }

    [Fact]
    public async Task Stranger_who_asks_too_often_gets_no_further_invoice_for_a_minute()
    {
        for (int i = 0; i < Cashier.DefaultInvoicesPerMinute; i++)
        {
            Assert.NotNull(await AskAsync());
        }

        Assert.Null(await AskAsync());
        _till.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await AskAsync());
    }

    private Task<Challenge?> AskAsync() =>
        _till.Cashier.ChallengeAsync(TestTill.Get(""), TestTill.Terms, CancellationToken.None);
}
