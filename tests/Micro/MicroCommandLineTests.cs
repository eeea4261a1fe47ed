namespace MicroFirmware.Micro.Tests;

public class MicroCommandLineTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData]
    [InlineData("demo")]
    [InlineData("gateway")]
    [InlineData("upstream")]
    [InlineData("upstream", "test")]
    [InlineData("board")]
    [InlineData("miner")]
    [InlineData("bench")]
    [InlineData("ledger")]
    [InlineData("ledger", "verify")]
    [InlineData("ledger", "export")]
    [InlineData("paywall")]
    [InlineData("flash")]
    [InlineData("configure")]
    [InlineData("monitor")]
    [InlineData("command")]
    [InlineData("revoke")]
    [InlineData("join")]
    [InlineData("sign-in")]
    [InlineData("update")]
    [InlineData("update", "key")]
    [InlineData("update", "pack")]
    [InlineData("update", "publish")]
    public async Task Help_ends_with_examples(params string[] command)
    {
        Assert.Equal(ExitCode.Success, await RunAsync([.. command, "--help"]));

        string[] help = _output.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
        int examples = Array.IndexOf(help, "Examples:");
        Assert.True(examples > 0, _output.ToString());
        Assert.All(help[(examples + 1)..], line => Assert.StartsWith("  micro ", line));
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("micro --help", "dmeo")]
    [InlineData("micro demo --help", "demo", "--bords", "3")]
    [InlineData("micro demo --help", "demo", "--boards", "many")]
    [InlineData("micro demo --help", "demo", "--boards", "0")]
    [InlineData("micro demo --help", "demo", "--duration", "30")]
    [InlineData("micro demo --help", "demo", "--hash-rate", "fast")]
    [InlineData("micro demo --help", "demo", "--chip", "z80")]
    [InlineData("micro board --help", "board", "--gateway", "http://here")]
    [InlineData("micro board --help", "board", "--identity", "board-1:1234")]
    [InlineData("micro miner --help", "miner", "--server", "host:99999")]
    [InlineData("micro miner --help", "miner", "--server", ":3333")]
    [InlineData("micro miner --help", "miner", "--miners", "0")]
    [InlineData("micro ledger verify --help", "ledger", "verify", "--head", "xyz")]
    [InlineData("micro paywall --help", "paywall", "--to", "http://127.0.0.1", "--price", "50")]
    [InlineData("micro paywall --help", "paywall", "--to", "nowhere", "--price", "50msat")]
    [InlineData("micro paywall --help", "paywall", "--price", "50msat")]
    [InlineData("micro configure --help", "configure", "--token", "1234")]
    [InlineData("micro monitor --help", "monitor", "--baud", "fast")]
    [InlineData("micro revoke --help", "revoke")]
    public async Task What_cannot_be_understood_names_the_next_step(string nextStep, params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(args));
        Assert.StartsWith("error: ", _error.ToString());
        Assert.EndsWith($"next:  {nextStep}", _error.ToString().TrimEnd());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Upstream_that_is_none_names_the_key_and_the_next_step()
    {
        Assert.Equal(ExitCode.Configuration, await RunAsync(["upstream", "test", "ftp://here"]));
        Assert.StartsWith("error: Upstream:Url = 'ftp://here' is no upstream", _error.ToString());
        Assert.EndsWith("next:  micro upstream test --help", _error.ToString().TrimEnd());
    }

    private async Task<ExitCode> RunAsync(string[] args) =>
        (ExitCode)await MicroCommandLine.RunAsync(args, new Terminal(_output, _error, false, false));
}
