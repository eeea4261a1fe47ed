using System.Globalization;
using System.Text.RegularExpressions;
using MicroFirmware.Appliance;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Micro;
using Xunit.Abstractions;

namespace MicroFirmware.System.Tests;

/// <summary>A board out of the box on a real tty, <c>micro configure</c>, and a gateway over TLS.</summary>
public sealed partial class ConfigureTests(ITestOutputHelper log) : IAsyncLifetime
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
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
    }

    [UnixFact]
    public async Task Board_out_of_the_box_is_enrolled_and_mines()
    {
        long started = TimeProvider.System.GetTimestamp();
        Assert.Equal(ExitCode.Success, await ConfigureAsync("--device", "hall", "--wifi", "home"));

        await UntilAsync("a share is accepted", () => _rig.ReportOf("hall").Accepted > 0);
        TimeSpan toShare = TimeProvider.System.GetElapsedTime(started);
        string output = _output.ToString();
        double seconds = double.Parse(
            Figure().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        log.WriteLine($"configure.mining {seconds:0.0} s");
        log.WriteLine($"configure.accepted-share {toShare.TotalSeconds:0.0} s");
        Assert.Contains("hall is known to 127.0.0.1", output);
        Assert.Contains("key: right", output);
        Assert.DoesNotMatch("[0-9a-f]{64}", output);
    }

    [UnixFact]
    public async Task Board_that_mines_takes_a_setting_keeps_its_key_and_mines_again()
    {
        Assert.Equal(ExitCode.Success, await ConfigureAsync("--device", "hall"));

        Assert.Equal(ExitCode.Success, await ConfigureAsync("--set", "duty=50"));

        Assert.Contains("hall keeps its key", _output.ToString());
        Assert.Equal(2, _board.Starts);
        Assert.Single(_rig.Gateway.Devices);
    }

    [UnixFact]
    public async Task Setting_that_is_wrong_leaves_board_and_gateway_as_they_were()
    {
        await UntilAsync("the board waits for settings", () => _board.State == LifeState.Setup);

        Assert.Equal(ExitCode.Configuration, await ConfigureAsync("--device", "hall", "--set", "duty=500"));

        Assert.Contains("the board refuses duty: 1 to 100 percent", _error.ToString());
        Assert.Empty(_rig.Gateway.Devices);
        Assert.Equal(LifeState.Setup, _board.State);
    }

    [UnixFact]
    public async Task Id_that_another_board_has_is_taken_over_only_when_the_owner_says_so()
    {
        await _rig.EnrolAsync("hall");

        Assert.Equal(ExitCode.Configuration, await ConfigureAsync("--device", "hall"));
        Assert.Contains("key-differs", _error.ToString());
        Assert.Equal(ExitCode.Success, await ConfigureAsync("--device", "hall", "--replace"));

        await UntilAsync("the new board is online", () => _rig.ReportOf("hall").Online);
    }

    private async Task<ExitCode> ConfigureAsync(params string[] args)
    {
        string gateway = $"127.0.0.1:{_rig.SecureAddress.HttpPort}";
        string token = _rig.Gateway.NewOwnerToken!.Reveal();
        string[] command = ["configure", "--port", _board.PortName, "--gateway", gateway, "--token", token, .. args];
        ExitCode code = (ExitCode)await MicroCommandLine.RunAsync(command, new Terminal(_output, _error, false, false));
        log.WriteLine(_output.ToString() + _error);
        Assert.Null(_board.Fault);
        return code;
    }

    private static async Task UntilAsync(string what, Func<bool> condition)
    {
        long started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Rig.Deadline, $"{what}: not in time");
            await timer.WaitForNextTickAsync();
        }
    }

    [GeneratedRegex(@"mines, ([0-9.]+) s after the first word")]
    private static partial Regex Figure();
}
