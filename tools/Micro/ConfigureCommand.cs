using System.CommandLine;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Micro.Configure;
using MicroFirmware.Micro.Consoles;
using MicroFirmware.Micro.Owner;
using MicroFirmware.Serial;
using Spectre.Console;

namespace MicroFirmware.Micro;

/// <summary>
/// <c>micro configure</c>: tells a board its gateway, its key and its Wi-Fi, and the gateway its board.
/// </summary>
internal static class ConfigureCommand
{
    private const string PasswordVariable = "MICRO_WIFI_PASSWORD";

    private static readonly Option<string?> s_port = PortOption.Create();
    private static readonly Option<string?> s_gateway = OwnerOptions.CreateGateway();
    private static readonly Option<AccessCode?> s_token = OwnerOptions.CreateToken();
    private static readonly Option<bool> s_plain = OwnerOptions.CreatePlain();
    private static readonly Option<string?> s_device = Text("--device", "-d",
        "The board's id, 1 to 32 characters of a-z 0-9 -; by default its own, or a new one.", "id");
    private static readonly Option<string?> s_wifi = Text("--wifi", "-w", "The Wi-Fi's name.", "name");
    private static readonly Option<string?> s_password = Text("--wifi-password", null,
        $"The Wi-Fi's password; by default what {PasswordVariable} in the environment says.", "text");
    private static readonly Option<FileInfo?> s_file = new("--file", "-f")
    {
        Description = "Settings, one name = value a line, as firmware/Device/README.md lists them; options above count "
            + "more.",
        HelpName = "file",
    };

    private static readonly Option<string[]> s_set = new("--set", "-s")
    {
        Description = "One more setting; may be given several times.",
        HelpName = "name=value",
    };

    private static readonly Option<bool> s_newKey = new("--new-key")
    {
        Description = "Gives a board that has a key another one, and enrols it anew.",
    };

    private static readonly Option<bool> s_replace = new("--replace")
    {
        Description = "Shuts out the board that the gateway knows by this id. Needs the owner token.",
    };

    private static readonly Option<bool> s_noWait = new("--no-wait")
    {
        Description = "Ends after the board's own test, before it mines.",
    };

    private static readonly Option<DirectoryInfo?> s_writeFiles = new("--write-files")
    {
        Description = "Writes files for nanoff instead of talking to the board: for stock images, whose debugger owns "
            + "the port.",
        HelpName = "folder",
    };

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("configure",
            "Tells a board over its serial console where its gateway is, whom to believe, its key and its Wi-Fi; "
            + "enrols it at the gateway, has it test all of that, and waits until it mines.",
            new CommandExample("configure --gateway 192.168.1.20 --wifi home", "asks for the token and the password"),
            new CommandExample("configure --port /dev/ttyUSB0 --gateway gateway.lan --file hall.txt", "from a file"),
            new CommandExample("configure --set duty=50 --set quiet=22:00-06:00", "changes a board that mines already"),
            new CommandExample("configure --gateway 192.168.1.20 --new-key --replace", "the same id on a new board"),
            new CommandExample("configure --gateway 192.168.1.20 --write-files hall", "for nanoff, without the board"))
        {
            s_port, s_gateway, s_token, s_plain, s_device, s_wifi, s_password, s_file, s_set, s_newKey, s_replace,
            s_noWait, s_writeFiles,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        ConfigureOptions options = OptionsOf(parsed, terminal);
        if (parsed.GetValue(s_writeFiles) is { } folder)
        {
            return (int)await WriteFilesAsync(options, folder, parsed.GetValue(s_port), terminal.Output, stop);
        }

        SerialPortInfo port = PortOption.Choose(parsed.GetValue(s_port), SerialPortList.Read());
        if (port.UsbId is not null && options.Gateway.IsThisMachine)
        {
            throw new CommandFailure(ExitCode.Usage, $"to a board {options.Gateway.Host} is the board itself",
                "give --gateway the address that this machine has in your network, such as 192.168.1.20");
        }

        terminal.Output.WriteLine($"board on {PortOption.Describe(port)}");
        using var console = new BoardConsole(() => SerialPort.Open(port.Name), TimeProvider.System);
        var run = new ConfigureRun(console, options, terminal.Output, TimeProvider.System);
        try
        {
            return (int)await Task.Run(() => run.RunAsync(stop), stop);
        }
        catch (IOException e)
        {
            throw new CommandFailure(ExitCode.Unreachable, e.Message, "micro configure --help", e);
        }
    }

    private static async Task<ExitCode> WriteFilesAsync(
        ConfigureOptions options, DirectoryInfo folder, string? port, TextWriter output, CancellationToken stop)
    {
        var settings = new BoardSettingList();
        string device = options.Settings["device"] ?? Enroller.NewId();
        string key = Enroller.NewKey();
        settings.Set("device", device);
        settings.Set("key", key);
        foreach ((string name, string value) in options.Settings.All)
        {
            settings.Set(name, value);
        }

        string result = await Enroller.EnrolAsync(options, device, key, settings, stop);
        output.WriteLine($"{device} is known to {options.Gateway.Url.Authority}: {result}");
        var files = new DeploymentFiles(folder.FullName);
        foreach (string written in files.Write(settings, port))
        {
            output.WriteLine($"wrote {written}");
        }

        string serial = port is null ? "" : $" --serialport {port}";
        output.WriteLine($"next:  nanoff --nanodevice{serial} --filedeployment {files.Files}");
        return ExitCode.Success;
    }

    private static ConfigureOptions OptionsOf(ParseResult parsed, Terminal terminal)
    {
        var settings = new BoardSettingList();
        if (parsed.GetValue(s_file) is { } file)
        {
            settings.Read(ReadLines(file), file.Name);
        }

        settings.Set("device", parsed.GetValue(s_device));
        settings.Set("wifi", parsed.GetValue(s_wifi));
        settings.Set("wifi-password", parsed.GetValue(s_password) ?? PasswordFor(settings, terminal));
        settings.Read(parsed.GetValue(s_set) ?? [], "--set");
        return new ConfigureOptions(
            OwnerOptions.Read(
                parsed.GetValue(s_gateway) ?? Ask(terminal, "gateway (host or host:port):"), parsed.GetValue(s_plain)),
            parsed.GetValue(s_token) ?? AskForToken(terminal),
            settings,
            parsed.GetValue(s_newKey),
            parsed.GetValue(s_replace),
            !parsed.GetValue(s_noWait));
    }

    /// <summary>
    /// A network that was named needs its password: from the environment, or from whoever sits there.
    /// </summary>
    private static string? PasswordFor(BoardSettingList settings, Terminal terminal)
    {
        bool isWanted = settings["wifi"] is { Length: > 0 } && settings["wifi-password"] is null;
        string? known = isWanted ? Environment.GetEnvironmentVariable(PasswordVariable) : null;
        return isWanted && known is null
            ? Ask(terminal, $"password of {settings["wifi"]} (empty for none):", isSecret: true)
            : known;
    }

    private static AccessCode? AskForToken(Terminal terminal) => AccessCode.TryParse(
        Ask(terminal, "owner token or join code (empty where the board keeps its key):", isSecret: true) ?? "",
        out AccessCode? code) ? code : null;

    /// <summary>Asks whoever sits there; null where nobody does.</summary>
    private static string? Ask(Terminal terminal, string question, bool isSecret = false)
    {
        if (!terminal.IsInteractive || Console.IsInputRedirected)
        {
            return null;
        }

        TextPrompt<string> prompt = new TextPrompt<string>(Markup.Escape(question)).AllowEmpty();
        return terminal.CreateConsole().Prompt(isSecret ? prompt.Secret() : prompt);
    }

    private static string[] ReadLines(FileInfo file)
    {
        try
        {
            return File.ReadAllLines(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCode.Unreachable, $"{file} cannot be read: {e.Message}", "name another file with --file", e);
        }
    }

    private static Option<string?> Text(string name, string? alias, string description, string help) =>
        new(name, alias is null ? [] : [alias]) { Description = description, HelpName = help };
}
