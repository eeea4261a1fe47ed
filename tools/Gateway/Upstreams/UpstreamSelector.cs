using System.Diagnostics.Metrics;
using MicroFirmware.Bitcoin;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>
/// Several upstreams in order: the first healthy one gives the work. All are followed all the time, so that the next
/// one has work at once. Safe for use by many threads.
/// </summary>
public sealed class UpstreamSelector : IUpstream, IShareTaker, IAsyncDisposable
{
    /// <summary>How long the active one may be without health: a connection that is made anew at once is no reason to
    /// leave a pool.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    /// <summary>How long the first one may take to its first template.</summary>
    private static readonly TimeSpan s_startGrace = TimeSpan.FromSeconds(4);

    /// <summary>How long one further up must be healthy before it takes over again.</summary>
    private static readonly TimeSpan s_return = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    private readonly Follower[] _followers;
    private readonly TimeProvider _time;
    private readonly UpstreamMetrics _metrics;
    private readonly ILogger<UpstreamSelector> _log;
    private readonly Lock _lock = new();
    private readonly long _created;
    private ITimer? _timer;
    private int _active;
    private BlockTemplate? _template;

    /// <summary>Joins upstreams and owns them; <see cref="Start"/> begins.</summary>
    /// <param name="upstreams">One or more, the preferred one first.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Told of every change; owned.</param>
    /// <param name="log">Told of every change.</param>
    internal UpstreamSelector(
        IReadOnlyList<IUpstream> upstreams, TimeProvider time, UpstreamMetrics metrics, ILogger<UpstreamSelector> log)
    {
        ArgumentOutOfRangeException.ThrowIfZero(upstreams.Count);
        (_time, _metrics, _log, _created) = (time, metrics, log, time.GetTimestamp());
        _followers = [.. upstreams.Select(upstream => new Follower(upstream))];
        for (int i = 0; i < _followers.Length; i++)
        {
            int number = i;
            _followers[i].Upstream.Changed += template => Forward(number, template);
        }

        _template = _followers[0].Upstream.Current;
    }

    /// <inheritdoc/>
    public event Action<BlockTemplate>? Changed;

    /// <summary>The upstreams' figures, for the gateway that uses them.</summary>
    internal Meter Meter => _metrics.Meter;

    /// <inheritdoc/>
    public string Name => _followers[Volatile.Read(ref _active)].Upstream.Name;

    /// <inheritdoc/>
    public BlockTemplate? Current => Volatile.Read(ref _template);

    /// <inheritdoc/>
    public bool Healthy => _followers[Volatile.Read(ref _active)].Upstream.Healthy;

    /// <inheritdoc/>
    public void Start()
    {
        foreach (Follower follower in _followers)
        {
            follower.Upstream.Start();
        }

        _timer ??= _time.CreateTimer(_ => Tick(), null, s_tick, s_tick);
    }

    /// <summary>Hands a block to every upstream that takes blocks: the best answer counts, and while one of them could
    /// not be asked, nobody knows.</summary>
    public async Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel)
    {
        IEnumerable<IUpstream> takers = _followers.Select(f => f.Upstream).Where(u => u is not IShareTaker);
        SubmitOutcome[] outcomes = await Task.WhenAll(takers.Select(taker => taker.SubmitAsync(block, cancel)));
        return Array.Find(outcomes, outcome => outcome.Good)
            ?? Array.Find(outcomes, outcome => outcome.Status == SubmitStatus.Unknown)
            ?? outcomes.FirstOrDefault()
            ?? new SubmitOutcome(SubmitStatus.Unknown, "No node is configured that takes blocks.");
    }

    bool IShareTaker.Owns(long session) => Takers.Any(taker => taker.Owns(session));

    Task<PoolShareOutcome> IShareTaker.SubmitAsync(PoolShare share) =>
        Takers.FirstOrDefault(taker => taker.Owns(share.Work.Session)) is { } taker
            ? taker.SubmitAsync(share)
            : Task.FromResult(new PoolShareOutcome(PoolShareState.Lost, "The session with the pool is over."));

    /// <inheritdoc/>
    public IReadOnlyList<UpstreamReport> Reports()
    {
        int active = Volatile.Read(ref _active);
        return [.. _followers.SelectMany((follower, i) =>
            follower.Upstream.Reports().Select(report => report with { Active = i == active && report.Active }))];
    }

    /// <summary>Stops following and disposes of every upstream.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer?.Dispose();
        foreach (Follower follower in _followers)
        {
            switch (follower.Upstream)
            {
                case IAsyncDisposable later:
                    await later.DisposeAsync();
                    break;
                case IDisposable now:
                    now.Dispose();
                    break;
            }
        }

        _metrics.Dispose();
    }

    /// <summary>Looks at everybody's health and lets another one take over where that is due.</summary>
    internal void Tick()
    {
        lock (_lock)
        {
            long now = _time.GetTimestamp();
            foreach (Follower follower in _followers)
            {
                follower.Look(now);
            }

            int next = Due(now);
            if (next != _active)
            {
                Switch(next);
            }
        }
    }

    private IEnumerable<IShareTaker> Takers => _followers.Select(f => f.Upstream).OfType<IShareTaker>();

    private int Due(long now)
    {
        Follower active = _followers[_active];
        int returned = Array.FindIndex(_followers, 0, _active, f => f.IsHealthy && Since(f, now) >= s_return);
        if (returned >= 0)
        {
            return returned;
        }

        bool early = _template is null && _time.GetElapsedTime(_created, now) < s_startGrace;
        if (active.IsHealthy || early || Since(active, now) < s_grace)
        {
            return _active;
        }

        int healthy = Array.FindIndex(_followers, f => f.IsHealthy);
        return healthy >= 0 ? healthy : _active;
    }

    private TimeSpan Since(Follower follower, long now) => _time.GetElapsedTime(follower.Since, now);

    private void Switch(int next)
    {
        string? problem = _followers[_active].Upstream.Reports()[0].Problem;
        _log.LogWarning("Work comes from {Next} now, no longer from {Last}. {Problem}",
            _followers[next].Upstream.Name, Name, problem);
        Volatile.Write(ref _active, next);
        _metrics.Switch(Name);
        if (_followers[next].Upstream.Current is { } template)
        {
            // Another upstream's work is another world, even on the same block: a pool's shares are its own.
            Publish(template with { Clean = true });
        }
    }

    private void Forward(int number, BlockTemplate template)
    {
        lock (_lock)
        {
            if (number == _active)
            {
                Publish(template);
            }
        }
    }

    private void Publish(BlockTemplate template)
    {
        Volatile.Write(ref _template, template);
        Changed?.Invoke(template);
    }

    /// <summary>One upstream, and since when it has been as healthy as it is.</summary>
    private sealed class Follower(IUpstream upstream)
    {
        public IUpstream Upstream => upstream;

        public bool IsHealthy { get; private set; }

        public long Since { get; private set; }

        public void Look(long now)
        {
            if (upstream.Healthy != IsHealthy || Since == 0)
            {
                (IsHealthy, Since) = (upstream.Healthy, now);
            }
        }
    }
}
