using System.Diagnostics;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Micro.Fleet;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Demo;

/// <summary>Takes snapshots: what the boards count, beside what the gateway has stored.</summary>
internal sealed class DemoWatch(DemoGateway gateway, BoardFleet fleet, TimeProvider time)
{
    private long _started;
    private TimeSpan? _mined;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>The boards are about to be powered on.</summary>
    public void Start() => _started = time.GetTimestamp();

    /// <summary>The boards are about to stop scanning: rates are taken over the time until now.</summary>
    public void Stop() => _mined = Elapsed;

    /// <summary>Everything at this moment.</summary>
    public FleetSnapshot Take()
    {
        TimeSpan mined = _mined ?? Elapsed;
        Dictionary<string, DeviceReport> reports = gateway.Host.Devices.ToDictionary(report => report.Id);
        BoardRow[] rows = [.. fleet.Boards.Select(board => RowOf(board, reports[board.Id], mined))];
        using var process = Process.GetCurrentProcess();
        return new FleetSnapshot(mined, rows, gateway.Host.Statistics.BlocksAccepted, process.PeakWorkingSet64);
    }

    private static BoardRow RowOf(VirtualBoard board, DeviceReport report, TimeSpan mined) => new(
        board.Id,
        MinerStates.NameOf(board.State),
        board.Statistics.Hashes / mined.TotalSeconds,
        report.Work / mined.TotalSeconds,
        report.Accepted,
        report.Stale,
        report.Invalid,
        board.Unanswered,
        report.ShareDifficulty > 0 ? report.Work / (report.ShareDifficulty * Work.OfDifficultyOne) : 0,
        report.BestDifficulty);
}
