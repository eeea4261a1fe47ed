using System.Diagnostics;
using MicroFirmware.Emulator.Adapters;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Micro.Fleet;
using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Micro.Boards;

/// <summary>Virtual boards on any gateway. What is proven is what the gateway's verdicts have credited.</summary>
internal sealed class BoardsRun(BoardsOptions options, IFleetView view, TimeProvider time)
{
    private readonly Dictionary<string, ShareSize> _shareSizes =
        options.Identities.ToDictionary(identity => identity.Id, _ => new ShareSize());

    private readonly long _started = time.GetTimestamp();

    /// <summary>Runs until the duration is over or the caller stops it; both are a regular end.</summary>
    public async Task<FleetOutcome> RunAsync(CancellationToken stop)
    {
        double cores = FleetShare.DefaultCores(Environment.ProcessorCount);
        await using var fleet = new BoardFleet(time, FleetShare.WorkersFor(cores));
        PowerOn(fleet, FleetShare.CoreShareOf(options.Identities.Count, cores));
        await FleetLoop.RunAsync(fleet, () => view.Show(Take(fleet, Elapsed)), options.Duration, time, stop);
        TimeSpan mined = Elapsed;
        await fleet.DrainAsync(FleetLoop.DrainTimeout);
        return new FleetOutcome(Take(fleet, mined), isBlockExpected: false);
    }

    private TimeSpan Elapsed => time.GetElapsedTime(_started);

    private void PowerOn(BoardFleet fleet, double coreShare)
    {
        foreach (BoardIdentity identity in options.Identities)
        {
            fleet.Add(new VirtualBoardOptions
            {
                Identity = identity,
                Gateway = options.Gateway,
                Authority = options.Authority,
                Store = StoreOf(identity),
                Scanner = ChipOption.CreateScanner(options.Chip),
                Pace = new ScanPace(coreShare, options.HashesPerSecond ?? double.PositiveInfinity),
                Console = line => view.Tell(Elapsed, $"{identity.Id}: {line}"),
            });
        }
    }

    private ISettingsStore StoreOf(BoardIdentity identity)
    {
        try
        {
            return options.StateFolder is null
                ? new MemorySettingsStore()
                : new FileSettingsStore(Path.Combine(options.StateFolder, identity.Id));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Unreachable, e.Message, "name another folder with --state", e);
        }
    }

    private FleetSnapshot Take(BoardFleet fleet, TimeSpan mined)
    {
        using var process = Process.GetCurrentProcess();
        return new FleetSnapshot(
            mined,
            [.. fleet.Boards.Select(board => RowOf(board, mined))],
            fleet.Boards.Sum(board => board.Statistics.CountOf(VerdictCode.BlockFound)),
            process.PeakWorkingSet64);
    }

    private BoardRow RowOf(VirtualBoard board, TimeSpan mined)
    {
        MinerStatistics statistics = board.Statistics;
        uint late = statistics.CountOf(VerdictCode.Stale) + statistics.CountOf(VerdictCode.UnknownJob);
        return new BoardRow(
            board.Id,
            MinerStates.NameOf(board.State),
            statistics.Hashes / mined.TotalSeconds,
            statistics.WorkCredited / mined.TotalSeconds,
            statistics.Accepted,
            late,
            statistics.Rejected - late,
            board.Unanswered,
            _shareSizes[board.Id].ProvingShares(statistics.Accepted, statistics.WorkCredited),
            statistics.Accepted == 0 ? 0 : (double)statistics.BestWork / Work.OfDifficultyOne);
    }
}
