using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Micro.Tests.Owner;

/// <summary>What accounts hold and how it leaves them, at a gateway of this process without a Lightning node.</summary>
public sealed class MoneyCommandsTests : OwnersGateway
{
    private protected override void Configure(GatewayOptions options) =>
        (options.Rewards.Rule, options.Rewards.TariffPicoMsat) = ("tariff", 2_000_000_000);

    [Fact]
    public async Task Balance_of_an_account_that_is_not_there_is_said()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("balance"));
        Assert.Equal(ExitCode.Configuration, await RunAsync("balance", "device:board-1"));

        Assert.Contains("no-such-account", Error);
    }

    [Fact]
    public async Task Pay_without_a_node_is_refused_and_says_what_to_set()
    {
        Assert.Equal(ExitCode.Configuration, await RunAsync("pay", "owner", "all", "--to", "me@example.com"));

        Assert.Contains("Payouts:Kind", Error);
    }

    [Theory]
    [InlineData("0sat")]
    [InlineData("5")]
    [InlineData("everything")]
    public async Task Pay_amount_that_is_none_is_said(string amount)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync("pay", "owner", amount));

        Assert.Contains("is not an amount", Error);
    }

    [Fact]
    public async Task Earnings_at_aGateways_tariff_are_what_it_would_credit()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("earnings", "--rate", "350k"));

        // 350,000 · 86,400 / 2^32 · 0.002 msat
        Assert.Contains("0.014081597328 msat", Output);
        Assert.Contains("2000000000 pico-msat per 2^32 hashes", Output);
    }
}
