using System.CommandLine;
using System.Globalization;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Export;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Storage;

namespace MicroFirmware.Micro;

/// <summary><c>micro ledger</c>: proves a gateway's ledger, or writes it out. The gateway may run meanwhile.</summary>
internal static class LedgerCommand
{
    private const string LedgerFile = "ledger.db";

    private static readonly Option<DirectoryInfo> s_data = new("--data", "-d")
    {
        Description = "The gateway's data directory.",
        HelpName = "folder",
        DefaultValueFactory = _ => new DirectoryInfo("data"),
    };

    private static readonly Option<string?> s_head = new("--head")
    {
        Description = "A head that was noted earlier: everything up to it must be unchanged.",
        HelpName = "hash",
    };

    private static readonly Option<string> s_format = new("--format", "-f")
    {
        Description = "csv or beancount.",
        HelpName = "format",
        DefaultValueFactory = _ => "csv",
    };

    static LedgerCommand()
    {
        s_format.AcceptOnlyFromAmong("csv", "beancount");
        s_head.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } head
                && (head.Length != 64 || !head.All(char.IsAsciiHexDigit)))
            {
                result.AddError("A head is 64 hexadecimal digits, as 'micro ledger verify' prints it.");
            }
        });
    }

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        CommandExample[] examples =
        [
            new("ledger verify", "every entry, balance and hash of ./data/ledger.db"),
            new("ledger verify --head 5f0c...", "and nothing changed since that head was noted"),
            new("ledger export --format beancount", "the book as text for beancount"),
        ];
        var verify = new ExampledCommand("verify",
            "Reads the whole ledger and proves it: chain of hashes, entries, balances.", examples)
        {
            s_data, s_head,
        };
        verify.SetAction(parsed => Run(parsed.GetValue(s_data)!,
            store => Verify(store, parsed.GetValue(s_head), terminal)));
        var export = new ExampledCommand("export", "Writes the ledger to standard output.", examples)
        {
            s_data, s_format,
        };
        export.SetAction(parsed => Run(parsed.GetValue(s_data)!,
            store => Export(store, parsed.GetValue(s_format)!, terminal)));
        return new ExampledCommand("ledger", "Proves or writes out what a gateway has booked.", examples)
        {
            verify, export,
        };
    }

    private static void Verify(ILedgerStore store, string? knownHead, Terminal terminal)
    {
        (LedgerHead head, IReadOnlyList<Balance> balances) = BookCheck.Verify(store, knownHead);
        TextWriter output = terminal.Output;
        foreach (Balance balance in balances.Where(balance => !balance.Account.Name.Contains(':')))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{balance.Account.Name,-10} {balance.Amount,24} {UnitText.Of(balance.Account.Unit)}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"verified: {head.Postings} postings, {head.Entries} entries, {balances.Count} accounts"));
        output.WriteLine($"head:     {head.Hash}");
    }

    private static void Export(ILedgerStore store, string format, Terminal terminal)
    {
        Action<IEnumerable<SealedPosting>, TextWriter> write =
            format == "beancount" ? BeancountExport.Write : CsvExport.Write;
        write(store.Read(1), terminal.Output);
        terminal.Output.Flush();
    }

    private static int Run(DirectoryInfo data, Action<ILedgerStore> action)
    {
        string path = Path.Combine(data.FullName, LedgerFile);
        if (!File.Exists(path))
        {
            throw new CommandFailure(ExitCode.Unreachable, $"There is no ledger at {path}.",
                "name the gateway's directory: --data FOLDER");
        }

        try
        {
            using ILedgerStore store = SqliteLedgerStore.Open(path);
            action(store);
            return (int)ExitCode.Success;
        }
        catch (LedgerDamagedException e)
        {
            throw new CommandFailure(ExitCode.NotProven, e.Message, "keep the file for those who look into it", e);
        }
        catch (Exception e) when (e is StorageException or InvalidDataException or IOException)
        {
            throw new CommandFailure(ExitCode.Unreachable, e.Message, "micro ledger --help", e);
        }
    }
}
