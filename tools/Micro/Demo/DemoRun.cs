using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Micro.Fleet;

namespace MicroFirmware.Micro.Demo;

/// <summary>
/// A demo from start to end: gateway and fleet, snapshots every second, and a last one that is judged.
/// </summary>
internal sealed class DemoRun(DemoOptions options, IFleetView view, TimeProvider time)
{
    // Gateway and disk are this machine's: a verdict that a stalled disk holds back comes, however late.
    private static readonly TimeSpan s_drainTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Runs until the duration is over or the caller stops it; both are a regular end.</summary>
    /// <exception cref="CommandFailure">There is no room for so many boards, the gateway cannot start, or a board's
    /// firmware has thrown.</exception>
    public async Task<FleetOutcome> RunAsync(CancellationToken stop)
    {
        OpenFiles.Require(options.Boards, OpenFiles.Limit);
        await using DemoGateway gateway = await DemoGateway.StartAsync(time, LeastShareWork(options.Chip));
        double cores = FleetShare.DefaultCores(Environment.ProcessorCount);
        await using var fleet = new BoardFleet(time, FleetShare.WorkersFor(cores));
        var watch = new DemoWatch(gateway, fleet, time);
        gateway.Host.BlockFound += block => Tell(watch, block);
        BoardIdentity[] identities = [.. BoardIdentity.Numbered(options.Boards)];
        await gateway.EnrolAsync(identities);
        watch.Start();
        view.Tell(watch.Elapsed, $"gateway ready: pages and work at http://{gateway.Host.HttpEndPoint}/, "
            + $"MQTT at {gateway.Host.MqttEndPoint}");

        PowerOn(identities, gateway, fleet, FleetShare.CoreShareOf(options.Boards, cores));
        _ = TellFirstSharesAsync(fleet, watch);
        await FleetLoop.RunAsync(fleet, () => view.Show(watch.Take()), options.Duration, time, stop);
        watch.Stop();
        await fleet.DrainAsync(s_drainTimeout);
        return new FleetOutcome(watch.Take(), isBlockExpected: true);
    }

    /// <summary>
    /// A native scanner reports hashes from its threshold on; easier shares would prove less than it does.
    /// </summary>
    private static ulong LeastShareWork(string? chip) =>
        chip is null ? DemoGateway.DefaultLeastShareWork : ChipOption.LeastShareWork;

    private void PowerOn(BoardIdentity[] identities, DemoGateway gateway, BoardFleet fleet, double coreShare)
    {
        foreach (BoardIdentity identity in identities)
        {
            fleet.Add(new VirtualBoardOptions
            {
                Identity = identity,
                Gateway = gateway.Address,
                Scanner = ChipOption.CreateScanner(options.Chip),
                Pace = new ScanPace(coreShare, options.HashesPerSecond ?? double.PositiveInfinity),
            });
        }
    }

    private async Task TellFirstSharesAsync(BoardFleet fleet, DemoWatch watch)
    {
        Task[] accepted = [.. fleet.Boards.Select(board => board.When(b => b.Statistics.Accepted > 0))];
        Task first = await Task.WhenAny(accepted);
        view.Tell(watch.Elapsed, $"{fleet.Boards[Array.IndexOf(accepted, first)].Id}: first share accepted");
        await Task.WhenAll(accepted);
        if (accepted.Length > 1)
        {
            view.Tell(watch.Elapsed, $"every one of {accepted.Length} boards has an accepted share");
        }
    }

    private void Tell(DemoWatch watch, FoundBlock block) => view.Tell(watch.Elapsed, block.State == BlockState.Accepted
        ? $"{block.Device}: block {block.Height} found {block.Hash}"
        : $"{block.Device}: block {block.Height} refused: {block.Reason}");
}
