using System.Net;
using MicroFirmware.Dashboard.Money;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Paywall;

namespace MicroFirmware.Dashboard.Tests.Money;

/// <summary>Accounts as their owner sees them, at a gateway without a Lightning node.</summary>
public sealed class MoneyPageTests(Site site) : IClassFixture<Site>
{
    private static int s_number;

    [Fact]
    public async Task Money_shows_balances_targets_and_what_sites_sold()
    {
        string account = await EarnAsync(1_234_567);
        await BookAsync($"l402:{s_number}", new Entry(PaywallAccounts.Lightning, PaywallAccounts.Site("news"), 1_000));
        await BookAsync($"pay:a:{s_number}", new Entry(Account.Operator, PaywallAccounts.Site("news"), 50));
        site.Host.Room<TargetBook>().Set(account, "alice@example.com", null, TargetBook.ByOwner, out _);

        string page = await site.PageAsync("/money");

        Assert.Contains("1,234.567 sat", page);
        Assert.Contains("alice@example.com", page);
        Assert.Contains("site:news", page);
        Assert.Contains("50 msat", page);
        Assert.Contains("No Lightning node", page);
    }

    [Fact]
    public async Task Account_shows_its_statement_and_offers_it_as_a_table()
    {
        string account = await EarnAsync(21_000);

        string page = await site.PageAsync(AddressOf(account));

        Assert.Contains("21 sat</td>", page);
        Assert.Contains($"/v1/accounts/{Uri.EscapeDataString(account)}/entries.csv", page);
        Assert.Contains("21000", await site.PageAsync($"/v1/accounts/{Uri.EscapeDataString(account)}/entries.csv"));
    }

    [Fact]
    public async Task Account_target_is_set_changed_and_taken_away()
    {
        string account = await EarnAsync(21_000);
        TargetBook targets = site.Host.Room<TargetBook>();

        using HttpResponseMessage set = await site.SendAsync(
            AddressOf(account), "target", ("target", "bob@example.com"), ("threshold", "2.5"));
        AccountTarget? kept = targets.Find(account);
        using HttpResponseMessage wrong = await site.SendAsync(
            AddressOf(account), "target", ("target", "bob"), ("threshold", ""));
        AccountTarget? still = targets.Find(account);
        using HttpResponseMessage removed = await site.SendAsync(
            AddressOf(account), "target", ("target", ""), ("threshold", ""), ("remove", "yes"));

        Assert.Equal((HttpStatusCode.Found, "bob@example.com", 2_500L), (set.StatusCode, kept?.Target,
            kept?.ThresholdMsat));
        Assert.Equal((HttpStatusCode.BadRequest, kept), (wrong.StatusCode, still));
        Assert.Equal(HttpStatusCode.Found, removed.StatusCode);
        Assert.Null(targets.Find(account));
    }

    [Fact]
    public async Task Account_that_cannot_be_paid_now_says_why_and_keeps_its_balance()
    {
        string account = await EarnAsync(21_000);

        using HttpResponseMessage answer = await site.SendAsync(
            AddressOf(account), "pay", ("amount", ""), ("to", "bob@example.com"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("no Lightning node", await answer.Content.ReadAsStringAsync());
        Assert.Equal(21_000, site.Host.Room<Journal>().Find(account)!.Value.Amount);
    }

    [Theory]
    [InlineData(0, "0 msat")]
    [InlineData(999, "999 msat")]
    [InlineData(1_000, "1 sat")]
    [InlineData(-1_050, "-1.05 sat")]
    [InlineData(1_234_567_890, "1,234,567.89 sat")]
    public void Msat_is_shown_with_every_digit(long msat, string text) =>
        Assert.Equal(text, MsatQuantity.Of(msat).ToString());

    [Theory]
    [InlineData(999_999_999, "999,999.999 sat")]
    [InlineData(1_000_000_999, "1,000,000 sat")]
    [InlineData(430_012_345_678_901_234, "4,300,123.45 BTC")]
    public void Msat_is_rounded_down_where_there_is_little_room(long msat, string text) =>
        Assert.Equal(text, MsatQuantity.Short(msat).ToString());

    [Theory]
    [InlineData("500", 500_000L)]
    [InlineData(" 0.021 ", 21L)]
    [InlineData("0", null)]
    [InlineData("0.0001", null)]
    [InlineData("-1", null)]
    [InlineData("all", null)]
    public void Sat_are_read_to_the_millisatoshi(string text, long? msat) =>
        Assert.Equal(msat, MsatQuantity.Read(text));

    private static string AddressOf(string account) => $"/money/account?name={Uri.EscapeDataString(account)}";

    private async Task<string> EarnAsync(long msat)
    {
        Account account = Account.Device($"board-{Interlocked.Increment(ref s_number)}");
        await BookAsync($"earned:{account.Name}", new Entry(Account.Operator, account, msat));
        return account.Name;
    }

    private async Task BookAsync(string key, Entry entry) => Assert.Equal(PostResult.Posted,
        await site.Host.Room<Journal>().PostAsync(new Posting(
            key, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), "", [entry])));
}
