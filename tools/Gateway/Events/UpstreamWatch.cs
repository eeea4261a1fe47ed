using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway.Events;

/// <summary>Looks at the upstreams now and then and says which is lost, is back, or gives the work now. Used by one
/// thread at a time.</summary>
internal sealed class UpstreamWatch(IUpstream upstream, EventJournal journal, GatewayClock clock)
{
    /// <summary>How long an upstream may be without work: it reconnects within that.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, Watched> _upstreams = [];
    private string? _active;

    /// <summary>Looks at every upstream.</summary>
    public void Look()
    {
        TimeSpan now = clock.Now;
        foreach (UpstreamReport report in upstream.Reports())
        {
            if (!_upstreams.TryGetValue(report.Name, out Watched? watched))
            {
                _upstreams.Add(report.Name, watched = new Watched { HealthyAt = now });
            }

            if (!report.Leaving)
            {
                Look(report, watched, now);
            }

            if (report.Active && report.Name != _active)
            {
                TellSwitch(report.Name);
            }
        }
    }

    private void Look(UpstreamReport report, Watched watched, TimeSpan now)
    {
        if (report.Healthy)
        {
            watched.HealthyAt = now;
            if (watched.IsLost && !watched.Losses.IsUnsteady)
            {
                journal.Publish(EventKind.UpstreamBack, report.Name, $"{report.Name} has work again.");
            }

            watched.IsLost = false;
            return;
        }

        if (watched.IsLost || now - watched.HealthyAt < Patience)
        {
            return;
        }

        watched.IsLost = true;
        Pace.Telling telling = watched.Losses.Count(now);
        if (telling != Pace.Telling.Nothing)
        {
            string more = telling == Pace.Telling.Unsteady
                ? " It comes and goes, and is not told of again until it keeps still."
                : "";
            journal.Publish(EventKind.UpstreamLost, report.Name,
                $"{report.Name} gives no work. {report.Problem}".TrimEnd() + more);
        }
    }

    private void TellSwitch(string name)
    {
        if (_active is not null)
        {
            journal.Publish(EventKind.UpstreamSwitched, name, $"Work comes from {name} now, no longer from {_active}.");
        }

        _active = name;
    }

    private sealed class Watched
    {
        public Pace Losses { get; } = new();

        public TimeSpan HealthyAt { get; set; }

        public bool IsLost { get; set; }
    }
}
