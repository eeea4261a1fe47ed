namespace MicroFirmware.Micro.Tests;

public sealed class EarningsCommandTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task Earnings_of_an_esp32_are_exact_and_every_number_says_where_it_is_from()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("--kwh", "0.30", "--price", "90000", "--watts", "0.5"));

        string said = _output.ToString();
        Assert.Contains("0.014668106729 msat on average", said);
        Assert.Contains("every 68,176 days", said);
        Assert.Contains("12 Wh", said);
        Assert.Contains("0.0036 EUR", said);
        Assert.Contains("costs 4000 msat a day: the board earns less than it costs.", said);
        Assert.Contains("assumed; look up today's and give --difficulty", said);
        Assert.Contains("the subsidy from block 840,000 to 1,049,999, without fees", said);
    }

    [Fact]
    public async Task Earnings_without_prices_say_so_and_compare_nothing()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("--rate", "1M", "--difficulty", "1", "--reward", "50"));

        string said = _output.ToString();
        Assert.Contains("not given (--kwh)", said);
        Assert.DoesNotContain("cost a day", said);
        Assert.DoesNotContain("electricity    costs", said);
    }

    [Theory]
    [InlineData("--difficulty", "0")]
    [InlineData("--kwh", "-1")]
    [InlineData("--price", "much")]
    [InlineData("--rate", "0")]
    public async Task Earnings_number_that_is_none_is_said(string option, string value) =>
        Assert.Equal(ExitCode.Usage, await RunAsync(option, value));

    private async Task<ExitCode> RunAsync(params string[] args) =>
        (ExitCode)await MicroCommandLine.RunAsync(["earnings", .. args], new Terminal(_output, _error, false, false));
}
