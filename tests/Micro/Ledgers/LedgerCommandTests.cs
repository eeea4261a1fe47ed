using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;

namespace MicroFirmware.Micro.Tests.Ledgers;

public sealed class LedgerCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-command-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Verify_sound_ledger_prints_its_balances_and_head()
    {
        string head = await BookAsync();

        Assert.Equal(ExitCode.Success, await RunAsync("ledger", "verify", "--data", _folder, "--head", head));

        Assert.Matches(@"owner +1000 MSAT\n", _output.ToString());
        Assert.Contains("verified: 1 postings, 1 entries, 2 accounts", _output.ToString());
        Assert.Contains($"head:     {head}", _output.ToString());
    }

    [Fact]
    public async Task Verify_head_that_never_was_is_not_proven()
    {
        await BookAsync();

        Assert.Equal(ExitCode.NotProven,
            await RunAsync("ledger", "verify", "--data", _folder, "--head", new string('a', 64)));
        Assert.Contains("no posting has the head", _error.ToString());
    }

    [Theory]
    [InlineData("csv", "serial,posting,key")]
    [InlineData("beancount", "option \"title\"")]
    public async Task Export_writes_the_format_asked_for(string format, string start)
    {
        await BookAsync();

        Assert.Equal(ExitCode.Success, await RunAsync("ledger", "export", "--data", _folder, "--format", format));
        Assert.StartsWith(start, _output.ToString());
    }

    [Theory]
    [InlineData((int)ExitCode.Unreachable, "verify", "--data", "/no/such/folder")]
    [InlineData((int)ExitCode.Usage, "verify", "--head", "abc")]
    [InlineData((int)ExitCode.Usage, "export", "--format", "xls")]
    public async Task What_cannot_be_done_names_the_next_step(int code, params string[] args)
    {
        Assert.Equal(code, (int)await RunAsync(["ledger", .. args]));
        Assert.StartsWith("error: ", _error.ToString());
        Assert.Contains("next:  ", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    private async Task<string> BookAsync()
    {
        string path = Path.Combine(_folder, "ledger.db");
        using Journal journal = Journal.Open(() => SqliteLedgerStore.Open(path));
        await journal.PostAsync(
            new Posting("block:1", 1_800_000_000_000, "", [new Entry(Account.Chain, Account.Owner, 1000)]));
        return journal.Head.Hash;
    }

    private async Task<ExitCode> RunAsync(params string[] args) =>
        (ExitCode)await MicroCommandLine.RunAsync(args, new Terminal(_output, _error, false, false));
}
