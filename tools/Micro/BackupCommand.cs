using System.CommandLine;
using System.Globalization;
using System.Reflection;
using MicroFirmware.Gateway.Backups;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Storage;

namespace MicroFirmware.Micro;

/// <summary>
/// <c>micro backup</c> and <c>micro restore</c>: a gateway's whole state as one file, taken while it runs.
/// </summary>
internal static class BackupCommand
{
    private static readonly Argument<FileInfo> s_file = new("file")
    {
        Description = "The backup.",
        HelpName = "file",
    };

    private static readonly Option<DirectoryInfo> s_data = new("--data", "-d")
    {
        Description = "The gateway's data directory.",
        HelpName = "folder",
        DefaultValueFactory = _ => new DirectoryInfo("data"),
    };

    /// <summary><c>micro backup</c> for the given terminal.</summary>
    public static Command CreateBackup(Terminal terminal)
    {
        var command = new ExampledCommand("backup",
            "Copies everything that a gateway keeps into one file, as of one moment, while it runs. The file holds "
            + "every key of the gateway and its boards: only its owner may read it.",
            new CommandExample("backup monday.backup", "of ./data"),
            new CommandExample("backup monday.backup --data /var/lib/microfirmware", "of the installed gateway"))
        {
            s_file, s_data,
        };
        command.SetAction(parsed => Run(() => Backup(parsed.GetValue(s_file)!, parsed.GetValue(s_data)!, terminal)));
        return command;
    }

    /// <summary><c>micro restore</c> for the given terminal.</summary>
    public static Command CreateRestore(Terminal terminal)
    {
        var command = new ExampledCommand("restore",
            "Puts a backup into an empty data directory, all of it or nothing, and proves its ledger. No gateway runs "
            + "on that directory meanwhile, and none on the old one ever again.",
            new CommandExample("restore monday.backup", "into ./data"),
            new CommandExample("restore monday.backup --data /srv/micro", "elsewhere"))
        {
            s_file, s_data,
        };
        command.SetAction(parsed => Run(() => Restore(parsed.GetValue(s_file)!, parsed.GetValue(s_data)!, terminal)));
        return command;
    }

    private static void Backup(FileInfo file, DirectoryInfo data, Terminal terminal)
    {
        BackupReport report = BackupWriter.Write(data.FullName, file.FullName, Version, TimeProvider.System);
        terminal.Output.WriteLine($"saved: {Text(report)} in {file.FullName}");
        terminal.Output.WriteLine("It holds the keys of this gateway and its boards: keep it as you keep a key.");
    }

    private static void Restore(FileInfo file, DirectoryInfo data, Terminal terminal)
    {
        BackupReport report = BackupReader.Restore(file.FullName, data.FullName, TimeProvider.System);
        terminal.Output.WriteLine($"restored: {Text(report)} in {data.FullName}; the ledger is proven");
        terminal.Output.WriteLine("What came after that moment is not in it. Before the gateway starts, think of");
        terminal.Output.WriteLine("  boards revoked and people removed since: shut them out again");
        terminal.Output.WriteLine("  everybody else: they sign in anew, and API tokens have ended; make new ones");
        terminal.Output.WriteLine("  payouts made since: the ledger does not know them. Every payout waits for your");
        terminal.Output.WriteLine(
            $"    approval until you remove {Path.Combine(data.FullName, PayoutHold.FileName)} and start again");
    }

    private static string Text(BackupReport report) => string.Create(CultureInfo.InvariantCulture,
        $"the state of {report.Taken:yyyy-MM-dd HH:mm:ss} UTC, {report.Files} files, {report.Octets} octets");

    private static string Version => typeof(BackupCommand).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static int Run(Action action)
    {
        try
        {
            action();
            return (int)ExitCode.Success;
        }
        catch (LedgerDamagedException e)
        {
            throw new CommandFailure(ExitCode.NotProven, $"Nothing was restored: {e.Message}",
                "take an earlier backup", e);
        }
        catch (InvalidDataException e)
        {
            throw new CommandFailure(ExitCode.NotProven, e.Message, "name the right one, or take an earlier backup", e);
        }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Unreachable, e.Message,
                "name another file or folder, and run as the user whose gateway it is", e);
        }
    }
}
