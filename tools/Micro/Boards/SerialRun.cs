using MicroFirmware.Appliance;
using MicroFirmware.Emulator.Adapters;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Boards;

/// <summary>One virtual board as it comes out of the box, with its console on a serial port of this machine.</summary>
/// <param name="stateFolder">Where it keeps its settings and counters; null for memory.</param>
/// <param name="chip">The emulated chip whose native scanner it uses; null for the managed scanner.</param>
/// <param name="hashesPerSecond">Most hashes per second; null for a third of this machine.</param>
/// <param name="output">Where it says what there is to know.</param>
/// <param name="time">Its clock.</param>
internal sealed class SerialRun(
    string? stateFolder, string? chip, double? hashesPerSecond, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until the duration is over or the caller stops it.</summary>
    public async Task<ExitCode> RunAsync(TimeSpan? duration, CancellationToken stop)
    {
        await using SerialBoard board = PowerOn();
        output.WriteLine($"serial port: {board.PortName}");
        output.WriteLine($"next:  micro configure --port {board.PortName} --gateway 127.0.0.1");
        output.Flush();
        using var over = duration is null
            ? new CancellationTokenSource()
            : new CancellationTokenSource(duration.Value, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, over.Token);
        await FollowAsync(board, end.Token);
        MinerStatistics? statistics = board.Statistics;
        output.WriteLine($"{LifeStates.NameOf(board.State)}, {statistics?.Accepted ?? 0} shares accepted");
        return statistics?.Accepted > 0 ? ExitCode.Success : ExitCode.NotProven;
    }

    private async Task FollowAsync(SerialBoard board, CancellationToken end)
    {
        using var timer = new PeriodicTimer(s_lookInterval, time);
        LifeState? shown = null;
        try
        {
            do
            {
                if (board.Fault is { } fault)
                {
                    throw new CommandFailure(ExitCode.Internal, $"the board stopped: {fault}", "report this", fault);
                }

                if (board.State != shown)
                {
                    shown = board.State;
                    output.WriteLine($"board: {LifeStates.NameOf(board.State)}");
                    output.Flush();
                }
            }
            while (await timer.WaitForNextTickAsync(end));
        }
        catch (OperationCanceledException)
        {
            // The duration is over, or the caller has seen enough.
        }
    }

    private SerialBoard PowerOn()
    {
        try
        {
            double share = FleetShare.CoreShareOf(1, FleetShare.DefaultCores(Environment.ProcessorCount));
            return new SerialBoard(new SerialBoardOptions
            {
                Store = stateFolder is null ? new MemorySettingsStore() : new FileSettingsStore(stateFolder),
                Images = stateFolder is null ? new MemoryImageStore() : new FileImageStore(stateFolder),
                Scanner = ChipOption.CreateScanner(chip),
                Pace = new ScanPace(share, hashesPerSecond ?? double.PositiveInfinity),
            }, time);
        }
        catch (PlatformNotSupportedException e)
        {
            throw new CommandFailure(ExitCode.Unreachable, "Windows has no pseudo-terminals",
                "run it in WSL, or leave --serial out", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Unreachable, e.Message, "name another folder with --state", e);
        }
    }
}
