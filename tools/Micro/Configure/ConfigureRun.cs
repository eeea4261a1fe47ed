using MicroFirmware.Micro.Consoles;

namespace MicroFirmware.Micro.Configure;

/// <summary>
/// Configures a board over its console. What is wrong with a setting is found before the gateway hears of the board;
/// nothing is saved before the gateway has taken it.
/// </summary>
internal sealed class ConfigureRun(
    BoardConsole console, ConfigureOptions options, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan s_findTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_bootTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_testTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_miningTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_statusInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs from the first word to the first hash.</summary>
    /// <exception cref="CommandFailure">A step failed; the message says which, and what to do.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken stop)
    {
        long started = time.GetTimestamp();
        Find(stop);
        IReadOnlyDictionary<string, string> before = Ask("get", stop).Values;
        string had = before.GetValueOrDefault("device", "");
        string device = options.Settings["device"] ?? (had.Length > 0 ? had : Enroller.NewId());
        bool isKeyKept = !options.IsKeyNew && device == had && before.GetValueOrDefault("key", "").Length > 0;

        var settings = new BoardSettingList();
        settings.Set("device", device);
        foreach ((string name, string value) in options.Settings.All)
        {
            settings.Set(name, value);
        }

        Ask("reset", stop);
        Set(settings, stop);
        if (isKeyKept)
        {
            output.WriteLine($"{device} keeps its key and its gateway; --new-key enrols it anew");
        }
        else
        {
            await EnrolAsync(device, stop);
        }

        Save(stop);
        Test(stop);
        await AwaitMiningAsync(device, started, stop);
        return ExitCode.Success;
    }

    private void Find(CancellationToken stop)
    {
        if (!console.Find(s_findTimeout, stop))
        {
            throw new CommandFailure(ExitCode.Unreachable, "no MicroFirmware console answers on this port",
                "is it the right port, and is the firmware on the board (micro flash)? On a stock image whose debugger "
                + "owns the port use micro configure --write-files FOLDER");
        }
    }

    private async Task EnrolAsync(string device, CancellationToken stop)
    {
        var settings = new BoardSettingList();
        string key = Enroller.NewKey();
        string result = await Enroller.EnrolAsync(options, device, key, settings, stop);
        output.WriteLine($"{device} is known to {options.Gateway.Url.Authority}: {result}");
        settings.Set("key", key);
        Set(settings, stop);
    }

    private void Set(BoardSettingList settings, CancellationToken stop)
    {
        foreach ((string name, string value) in settings.All)
        {
            ConsoleReply reply = console.Ask($"set {name} {value}".TrimEnd(), BoardConsole.AnswerTimeout, stop);
            if (!reply.IsOk)
            {
                throw new CommandFailure(ExitCode.Configuration, $"the board refuses {reply.Words}",
                    "correct it; nothing was saved");
            }

            output.WriteLine($"  {name} = {BoardSettingList.Shown(name, value)}");
        }
    }

    private void Save(CancellationToken stop)
    {
        ConsoleReply saved = console.Ask("save", BoardConsole.AnswerTimeout, stop);
        if (!saved.IsOk)
        {
            throw new CommandFailure(ExitCode.Configuration, $"the board did not save: {saved.Words}",
                saved.Code == ConsoleReply.Incomplete
                    ? "give what is missing, with --new-key --replace"
                    : "try again, with --new-key --replace");
        }

        output.WriteLine($"board: {saved.Words}");
        if (saved.Words.Contains("reboot", StringComparison.Ordinal))
        {
            Ask("reboot", stop);
            if (!console.AwaitBoot(s_bootTimeout, stop) || !console.Find(s_findTimeout, stop))
            {
                throw new CommandFailure(ExitCode.Unreachable, "the board did not come back after its restart",
                    "press its reset button; micro monitor shows what it says");
            }
        }
    }

    private void Test(CancellationToken stop)
    {
        ConsoleReply test = console.Ask("test", s_testTimeout, stop, line => output.WriteLine($"  {line}"));
        if (!test.IsOk)
        {
            throw new CommandFailure(ExitCode.NotProven, $"the board's test failed: {test.Words}",
                test.Code == ConsoleReply.BadKey
                    ? "enrol it anew with --new-key --replace"
                    : "correct the setting and run micro configure again; the key is kept");
        }

        output.WriteLine("  test ok");
    }

    private async Task AwaitMiningAsync(string device, long started, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(s_statusInterval, time);
        while (options.IsWaiting)
        {
            IReadOnlyDictionary<string, string> status = Ask("status", stop).Values;
            string state = status.GetValueOrDefault("state", "");
            if (state is "mining" or "degraded")
            {
                break;
            }

            if (time.GetElapsedTime(started) > s_miningTimeout)
            {
                throw new CommandFailure(ExitCode.NotProven, $"{device} does not mine yet; its state is {state}",
                    "micro monitor shows what it says");
            }

            await timer.WaitForNextTickAsync(stop);
        }

        string what = options.IsWaiting ? "mines" : "is configured";
        output.WriteLine($"{device} {what}, {time.GetElapsedTime(started).TotalSeconds:0.0} s after the first word");
    }

    private ConsoleReply Ask(string line, CancellationToken stop)
    {
        ConsoleReply reply = console.Ask(line, BoardConsole.AnswerTimeout, stop);
        return reply.IsOk ? reply : throw new CommandFailure(
            ExitCode.Unreachable, $"the board answers '{line}' with: {reply.Words}", "try again; update its firmware");
    }
}
