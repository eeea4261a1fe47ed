using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Ledger.Earnings;

namespace MicroFirmware.Gateway.Overview;

/// <summary>
/// Looks at everything at once, at most once a second however many ask: of 10,000 boards that is a few milliseconds.
/// Safe for use by many threads.
/// </summary>
internal sealed class OverviewDesk(
    StatisticsDesk statistics,
    DeviceRegistry registry,
    JobBoard board,
    IUpstream upstream,
    Live<EnergyOptions> energy,
    FleetStatistics fleet,
    GatewayClock clock)
{
    private const int MostContradicted = 3;

    // Just below the heartbeat of the pages: each beat sees new figures.
    private static readonly TimeSpan s_life = TimeSpan.FromMilliseconds(900);

    private readonly Lock _lock = new();
    private OverviewReport? _last;
    private TimeSpan _taken;

    /// <summary>How the gateway is, at most a second old.</summary>
    public OverviewReport Take()
    {
        lock (_lock)
        {
            TimeSpan now = clock.Now;
            if (_last is null || now - _taken > s_life)
            {
                (_last, _taken) = (Look(now), now);
            }

            return _last;
        }
    }

    private OverviewReport Look(TimeSpan now)
    {
        GatewayStatistics figures = statistics.Take();
        Tally tally = new();
        foreach (Device device in registry.All())
        {
            tally.Add(device, now);
        }

        NetworkReport? network = board.Current is { } job
            ? NetworkReport.Of(job, IsPractice, EmbeddedChain.DefaultBlockTime) : null;
        return new OverviewReport(figures, fleet.SharesInWindow, fleet.ProvingShares, tally.Boards, tally.Claims(),
            tally.Best(), (double)fleet.Best.Work(clock.UnixMs) / Target.DifficultyOneWork, network,
            DayOf(figures.ProvenHashesPerSecond, tally.Here, network));
    }

    // What the chain is called is what makes it one of the gateway's own.
    private bool IsPractice => upstream.Name == EmbeddedChain.ChainName;

    private BoardDay? DayOf(double rate, int boards, NetworkReport? network)
    {
        EnergyOptions costs = energy.Now;
        return network?.RewardMsat is not { } reward || rate <= 0 ? null : BoardDay.Of(new BoardTerms(
            (decimal)rate, WorkPrice.OfBlock(network.IsPractice ? 0 : reward, network.BlockWork),
            (costs.BoardWatts * boards) + costs.GatewayWatts, costs.KilowattHour, costs.Bitcoin));
    }

    /// <summary>What one look at all devices gathers.</summary>
    private sealed class Tally
    {
        private readonly List<string> _contradicted = [];
        private int _claiming;
        private int _contradictedCount;
        private double _claimed;
        private double _proven;
        private ulong _bestWork;
        private Device? _best;

        public BoardTally Boards { get; } = new();

        /// <summary>Boards that are connected.</summary>
        public int Here { get; private set; }

        public void Add(Device device, TimeSpan now)
        {
            BoardFace face;
            lock (device)
            {
                face = BoardFace.Of(device, now);
                AddClaim(device.Activity, face, now);
                if (device.Totals.BestWork > _bestWork)
                {
                    (_bestWork, _best) = (device.Totals.BestWork, device);
                }
            }

            Boards.Count(face);
        }

        public ClaimReport Claims() => new(_claiming, _claimed, _proven, _contradicted, _contradictedCount);

        public BestShare? Best() => _best is null ? null : new BestShare((double)_bestWork / Target.DifficultyOneWork,
            _best.Id, _best.Label.Name.Length > 0 ? _best.Label.Name : _best.Id);

        private void AddClaim(DeviceActivity? activity, in BoardFace face, TimeSpan now)
        {
            if (activity is not { IsOnline: true })
            {
                return;
            }

            Here++;
            if (double.IsNaN(face.Claimed))
            {
                return;
            }

            _claiming++;
            _claimed += face.Claimed;
            _proven += face.Proven;
            if (DeviceReport.Agree(face.Claimed, face.Proven, activity.ProvingShares(now)) != false)
            {
                return;
            }

            _contradictedCount++;
            if (_contradicted.Count < MostContradicted)
            {
                _contradicted.Add(face.Device.Id);
            }
        }
    }
}
