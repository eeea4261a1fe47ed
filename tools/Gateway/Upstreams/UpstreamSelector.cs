using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>
/// Several upstreams in order: the first healthy one gives the work. All are followed all the time, so that the next
/// one has work at once. The list may be replaced at any time: who stays in it stays connected, who is taken out is
/// kept for a while for what was found on its work. Safe for use by many threads.
/// </summary>
public sealed class UpstreamSelector : IUpstream, IShareTaker, IAsyncDisposable
{
    /// <summary>Upstreams that are kept after they were taken out: whoever edits in a hurry holds no more.</summary>
    private const int MaxLeaving = 32;

    /// <summary>How long the active one may be without health: a connection that is made anew at once is no reason to
    /// leave a pool.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    /// <summary>How long the first one may take to its first template.</summary>
    private static readonly TimeSpan s_startGrace = TimeSpan.FromSeconds(4);

    /// <summary>How long one further up must be healthy before it takes over again.</summary>
    private static readonly TimeSpan s_return = TimeSpan.FromSeconds(10);

    /// <summary>How long a pool is kept that was taken out: it answers a share within that.</summary>
    private static readonly TimeSpan s_answers = TimeSpan.FromSeconds(30);

    /// <summary>How long a node is kept that was taken out: a block of unknown fate is handed in for more than an hour.
    /// </summary>
    private static readonly TimeSpan s_blocks = TimeSpan.FromHours(2);

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private readonly UpstreamMetrics _metrics;
    private readonly ILogger<UpstreamSelector> _log;
    private readonly long _created;

    // Whoever changes the roster holds it; the roster is replaced as a whole, so readers need no lock.
    private readonly Lock _lock = new();
    private volatile Roster _roster;
    private Task _disposals = Task.CompletedTask;
    private ITimer? _timer;
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
        Follower[] list = [.. upstreams.Select(upstream => Follow(upstream, isAdded: false))];
        _roster = new Roster(list, list[0], []);
        _template = list[0].Upstream.Current;
    }

    /// <inheritdoc/>
    public event Action<BlockTemplate>? Changed;

    /// <summary>The upstreams' figures, for the gateway that uses them.</summary>
    internal Meter Meter => _metrics.Meter;

    /// <summary>Makes upstreams of options, those again that are there already; null where a program chose them.
    /// </summary>
    internal UpstreamMaker? Maker { get; init; }

    /// <inheritdoc/>
    public string Name => _roster.Active.Upstream.Name;

    /// <inheritdoc/>
    public BlockTemplate? Current => Volatile.Read(ref _template);

    /// <inheritdoc/>
    public bool Healthy => _roster.Active.Upstream.Healthy;

    /// <inheritdoc/>
    public void Start()
    {
        foreach (Follower follower in _roster.List)
        {
            follower.Upstream.Start();
        }

        _timer ??= _time.CreateTimer(_ => Tick(), null, s_tick, s_tick);
    }

    /// <summary>Takes up another list. One thread at a time.</summary>
    /// <param name="options">Checked.</param>
    internal void Change(IEnumerable<UpstreamOptions> options)
    {
        try
        {
            Replace(Maker!.Make([.. options]));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            _log.LogError("The new list of upstreams cannot be used any more, so the one before stays: {Problem}",
                e.Message);
        }
    }

    /// <summary>
    /// Takes up another list: who is in both stays as it is; who is new is started, and takes over as soon as it has
    /// work where it stands above the active one; who is missing leaves, the active one not before another has work.
    /// One thread at a time.
    /// </summary>
    /// <param name="upstreams">One or more, the preferred one first; owned.</param>
    internal void Replace(IReadOnlyList<IUpstream> upstreams)
    {
        ArgumentOutOfRangeException.ThrowIfZero(upstreams.Count);
        List<Follower> added = [];
        lock (_lock)
        {
            Follower[] before = [.. _roster.All];
            Follower[] list = [.. upstreams.Select(Keep)];
            Follower[] leaving = [.. before.Except(list)];
            _roster = new Roster(list, _roster.Active, leaving);
            Array.ForEach(leaving, Leave);

            Follower Keep(IUpstream upstream)
            {
                if (Array.Find(before, follower => follower.Upstream == upstream) is { } known)
                {
                    known.LeftAt = null;
                    return known;
                }

                added.Add(Follow(upstream, isAdded: true));
                return added[^1];
            }
        }

        // They may have work before Start returns, so not under the lock.
        added.ForEach(follower => follower.Upstream.Start());
        Tick();
    }

    /// <summary>Hands a block to every upstream that takes blocks: the best answer counts, and while one of them could
    /// not be asked, nobody knows.</summary>
    public async Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel)
    {
        IEnumerable<IUpstream> takers = _roster.All.Select(f => f.Upstream).Where(u => u is not IShareTaker);
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

    /// <summary>How the upstreams of the list fare, and after them those that still leave.</summary>
    public IReadOnlyList<UpstreamReport> Reports()
    {
        Roster roster = _roster;
        IEnumerable<Follower> leaving =
            roster.Leaving.Where(follower => follower == roster.Active || follower.Upstream is IShareTaker);
        return [.. roster.List.Concat(leaving).SelectMany(follower => follower.Upstream.Reports().Select(
            report => report with
            {
                Active = follower == roster.Active && report.Active,
                Leaving = roster.Leaving.Contains(follower),
            }))];
    }

    /// <summary>Stops following and disposes of every upstream.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer?.Dispose();
        await _disposals;
        foreach (Follower follower in _roster.All)
        {
            await DisposeAsync(follower.Upstream);
        }

        _metrics.Dispose();
    }

    /// <summary>Looks at everybody's health, lets another one take over where that is due, and lets go of those whose
    /// time is over.</summary>
    internal void Tick()
    {
        lock (_lock)
        {
            long now = _time.GetTimestamp();
            foreach (Follower follower in _roster.All)
            {
                follower.Look(now);
            }

            Follower next = Due(_roster, now);
            if (next != _roster.Active)
            {
                Switch(next);
            }

            LetGo(now);
        }
    }

    private IEnumerable<IShareTaker> Takers => _roster.All.Select(f => f.Upstream).OfType<IShareTaker>();

    private static async Task DisposeAsync(IUpstream upstream)
    {
        switch (upstream)
        {
            case IAsyncDisposable later:
                await later.DisposeAsync();
                break;
            case IDisposable now:
                now.Dispose();
                break;
        }
    }

    private Follower Follow(IUpstream upstream, bool isAdded)
    {
        Follower follower = new(upstream, isAdded, _time.GetTimestamp());
        upstream.Changed += template => Forward(follower, template);
        return follower;
    }

    private Follower Due(Roster roster, long now)
    {
        Follower[] list = roster.List;
        Follower active = roster.Active;
        int place = Array.IndexOf(list, active);
        if (place < 0)
        {
            return Successor(list, active, now);
        }

        Follower? above = list.Take(place).FirstOrDefault(
            f => f.IsHealthy && (f.IsNew || Passed(f.Since, now) >= s_return));
        if (above is not null)
        {
            return above;
        }

        bool early = _template is null && Passed(_created, now) < s_startGrace;
        return active.IsHealthy || early || Passed(active.Since, now) < s_grace
            ? active
            : Array.Find(list, f => f.IsHealthy) ?? active;
    }

    /// <summary>Who follows the active one that was taken out. While it has work nobody need hurry: one that was just
    /// added is waited for before another one below it takes over for a moment.</summary>
    private Follower Successor(Follower[] list, Follower active, long now)
    {
        int healthy = Array.FindIndex(list, f => f.IsHealthy);
        bool mayWait = active.IsHealthy
            && list.Take(healthy).Any(f => f.IsNew && Passed(f.Added, now) < s_startGrace);
        return healthy < 0 ? active.Upstream.Current is null ? list[0] : active
            : mayWait ? active
            : list[healthy];
    }

    private TimeSpan Passed(long since, long now) => _time.GetElapsedTime(since, now);

    private void Switch(Follower next)
    {
        Follower last = _roster.Active;
        string? problem = last.Upstream.Reports()[0].Problem;
        _log.LogWarning("Work comes from {Next} now, no longer from {Last}. {Problem}",
            next.Upstream.Name, last.Upstream.Name, problem);
        _roster = _roster with { Active = next };
        _metrics.Switch(Name);
        if (_roster.Leaving.Contains(last))
        {
            Leave(last);
        }

        if (next.Upstream.Current is { } template)
        {
            // Another upstream's work is another world, even on the same block: a pool's shares are its own.
            Publish(template with { Clean = true });
        }
    }

    /// <summary>From now on it is there for what was found on its work only. The active one not yet.</summary>
    private void Leave(Follower follower)
    {
        if (follower != _roster.Active && follower.LeftAt is null)
        {
            follower.LeftAt = _time.GetTimestamp();
            follower.Upstream.Retire();
        }
    }

    private void LetGo(long now)
    {
        Follower[] leaving = _roster.Leaving;
        int tooMany = leaving.Length - MaxLeaving;
        Follower[] gone = [.. leaving.Where((follower, i) => MayGo(follower)
            && (i < tooMany || Passed(follower.LeftAt!.Value, now) >= TimeOf(follower)))];
        if (gone.Length > 0)
        {
            _roster = _roster with { Leaving = [.. leaving.Except(gone)] };
            _disposals = Task.WhenAll([_disposals, .. gone.Select(f => Task.Run(() => DisposeAsync(f.Upstream)))]);
        }
    }

    /// <summary>The gateway's own chain is a file of its own, and comes back as it was: it never goes.</summary>
    private static bool MayGo(Follower follower) =>
        follower.LeftAt is not null && follower.Upstream is not EmbeddedChain;

    private static TimeSpan TimeOf(Follower follower) => follower.Upstream is IShareTaker ? s_answers : s_blocks;

    private void Forward(Follower follower, BlockTemplate template)
    {
        lock (_lock)
        {
            if (follower == _roster.Active)
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

    /// <summary>Who is followed: never changed, replaced as a whole.</summary>
    /// <param name="List">The preferred one first.</param>
    /// <param name="Active">Who gives the work: of the list, or leaving while none of the list has any.</param>
    /// <param name="Leaving">Who was taken out and is still there for what was found on its work, the oldest first.
    /// </param>
    private sealed record Roster(Follower[] List, Follower Active, Follower[] Leaving)
    {
        public IEnumerable<Follower> All => List.Concat(Leaving);
    }

    /// <summary>One upstream, and since when it has been as healthy as it is. Guarded by the lock.</summary>
    private sealed class Follower(IUpstream upstream, bool isAdded, long added)
    {
        public IUpstream Upstream => upstream;

        public long Added => added;

        /// <summary>It was added while others gave the work, and has not failed yet: nothing speaks against it.
        /// </summary>
        public bool IsNew { get; private set; } = isAdded;

        public bool IsHealthy { get; private set; }

        public long Since { get; private set; }

        /// <summary>Since when its work is no longer wanted; null while it is.</summary>
        public long? LeftAt { get; set; }

        public void Look(long now)
        {
            if (upstream.Healthy != IsHealthy || Since == 0)
            {
                IsNew &= !IsHealthy;
                (IsHealthy, Since) = (upstream.Healthy, now);
            }
        }
    }
}
