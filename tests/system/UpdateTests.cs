using MicroFirmware.Appliance;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Micro;
using MicroFirmware.Micro.Consoles;
using MicroFirmware.Serial;
using MicroFirmware.Signing;
using Xunit.Abstractions;

namespace MicroFirmware.System.Tests;

/// <summary>An update from the owner's key to a board on trial, through the gateway, over TLS.</summary>
public sealed class UpdateTests(ITestOutputHelper log) : IAsyncLifetime
{
    private static readonly UpdateKey s_key = UpdateKey.Create();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-system-update-");
    private Rig _rig = null!;
    private SerialBoard _board = null!;

    public async Task InitializeAsync()
    {
        _rig = await Rig.StartAsync();
        _board = new SerialBoard(
            new SerialBoardOptions { Pace = new ScanPace(0.1, 50_000) }, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await _board.DisposeAsync();
        await _rig.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [UnixFact]
    public async Task Board_told_to_update_fetches_checks_and_tries_the_release()
    {
        await RunAsync("configure", "--port", _board.PortName, "--device", "hall",
            "--set", $"update-key={s_key.PublicKey}");
        await PublishAsync(s_key, 2);
        await UntilAsync("the board is online", () => _rig.ReportOf("hall").Online);

        await RunAsync("command", "hall", "update");

        await UntilAsync("the board has restarted", () => _board.Starts == 2);
        await UntilAsync("it mines", () => _board.State is LifeState.Mining or LifeState.Degraded);
        Assert.Equal("2", (await StatusAsync()).GetValueOrDefault("release"));
    }

    [UnixFact]
    public async Task Board_does_not_take_what_another_key_signed()
    {
        await RunAsync("configure", "--port", _board.PortName, "--device", "hall",
            "--set", $"update-key={s_key.PublicKey}");
        await PublishAsync(UpdateKey.Create(), 2);
        await UntilAsync("the board is online", () => _rig.ReportOf("hall").Online);

        await RunAsync("command", "hall", "update");

        await UntilAsync("the board says why not", () => LogOf().Any(line => line.Contains("signature")));
        Assert.Equal(1, _board.Starts);
    }

    private async Task PublishAsync(UpdateKey key, uint release)
    {
        string file = Path.Combine(_folder.FullName, "update.mfu");
        byte[] package = UpdatePackage.Make(key, _ => { }, release, "0.2.0", "stock", [new byte[5_000], [1, 2, 3]]);
        await File.WriteAllBytesAsync(file, package);
        await RunAsync("update", "publish", file);
    }

    private Task<IReadOnlyDictionary<string, string>> StatusAsync() => Task.Run(() => Ask("status").Values);

    private IReadOnlyList<string> LogOf() => Ask("log").Lines;

    private ConsoleReply Ask(string line)
    {
        using BoardConsole console = new(() => SerialPort.Open(_board.PortName), TimeProvider.System);
        Assert.True(console.Find(Rig.Deadline, default));
        return console.Ask(line, Rig.Deadline, default);
    }

    private async Task RunAsync(params string[] args)
    {
        StringWriter output = new();
        string[] owner =
        [
            "--gateway", $"127.0.0.1:{_rig.SecureAddress.HttpPort}",
            "--token", _rig.Gateway.NewOwnerToken!.Reveal(),
        ];
        ExitCode code = (ExitCode)await MicroCommandLine.RunAsync(
            [.. args, .. owner], new Terminal(output, output, false, false));
        log.WriteLine(output.ToString());
        Assert.Equal(ExitCode.Success, code);
    }

    private static async Task UntilAsync(string what, Func<bool> condition)
    {
        long started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await Task.Run(condition))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Rig.Deadline, $"{what}: not in time");
            await timer.WaitForNextTickAsync();
        }
    }
}
