using MicroFirmware.Emulator.Boards;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Fleet;

/// <summary>
/// What every run of a fleet does between power-on and the end: a snapshot a second, an eye on faults.
/// </summary>
internal static class FleetLoop
{
    /// <summary>Longest wait for verdicts at the end: many times what a commit and a message take.</summary>
    public static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_snapshotInterval = TimeSpan.FromSeconds(1);

    /// <summary>Shows snapshots until the duration is over or the caller stops it.</summary>
    /// <exception cref="CommandFailure">A board's firmware has thrown or does not work.</exception>
    public static async Task RunAsync(
        BoardFleet fleet, Action show, TimeSpan? duration, TimeProvider time, CancellationToken stop)
    {
        using var over = duration is null
            ? new CancellationTokenSource()
            : new CancellationTokenSource(duration.Value, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, over.Token);
        using var timer = new PeriodicTimer(s_snapshotInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
            {
                ThrowIfBroken(fleet);
                show();
            }
        }
        catch (OperationCanceledException)
        {
            // The duration is over, or the caller has seen enough.
        }
    }

    private static void ThrowIfBroken(BoardFleet fleet)
    {
        if (fleet.FindFault() is { } broken)
        {
            throw new CommandFailure(ExitCode.Internal, $"{broken.Board.Id} stopped: {broken.Fault}",
                "report this with the lines above", broken.Fault);
        }

        if (fleet.Boards.FirstOrDefault(board => board.State == MinerState.Broken) is { } refused)
        {
            throw new CommandFailure(ExitCode.Internal, $"{refused.Id} does not mine: its firmware is in state broken",
                "run one board with micro board, which shows its console");
        }
    }
}
