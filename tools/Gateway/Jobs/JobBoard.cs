using System.Diagnostics.CodeAnalysis;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>Makes a job of every template and finds jobs by id. Safe for use by many threads.</summary>
public sealed class JobBoard : IDisposable
{
    /// <summary>Ids that are remembered beyond the jobs that are kept, so that late shares are called stale instead of
    /// unknown: at one job a second, 17 minutes.</summary>
    private const int RememberedIds = 1_024;

    /// <summary>Room for the jobs of a millisecond in an id.</summary>
    private const int IdBitsPerMillisecond = 20;

    /// <summary>How often the age of the newest job is looked at.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly IUpstream _upstream;
    private readonly JobOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _changing = new();
    private readonly uint _startPrefix;
    private readonly Queue<ulong> _forgotten = [];
    private readonly ITimer _refresh;
    private ulong _lastId;
    private long _lastMade;
    private BlockTemplate? _held;
    private Shelf _shelf = new([], [], null, 0);

    /// <summary>Follows an upstream.</summary>
    /// <param name="upstream">Where templates come from.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="time">For ids that no earlier run has used, and for keeping ntime up to date.</param>
    /// <param name="random">Drawn from once, for the prefix of this start's extranonces.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public JobBoard(IUpstream upstream, JobOptions options, TimeProvider time, Random random)
    {
        options.Validate();
        (_upstream, _options, _time) = (upstream, options, time);
        _startPrefix = (uint)random.NextInt64(1L << 32);
        _lastId = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds() << IdBitsPerMillisecond;
        _refresh = time.CreateTimer(_ => Refresh(), null, s_look, s_look);
        upstream.Changed += Take;
        if (upstream.Current is { } template)
        {
            Take(template);
        }
    }

    /// <summary>There is a new job. Called one at a time, in order; a handler must not wait for anything.</summary>
    public event Action<Job>? Published;

    /// <summary>Asked, whenever a job is made, what its coinbase pays to others than the owner. It must not wait for
    /// anything.</summary>
    internal Func<BlockTemplate, IReadOnlyList<TransactionOutput>> Payouts { get; set; } = _ => [];

    /// <summary>The job to work on now; null while the upstream has given no template.</summary>
    public Job? Current => Volatile.Read(ref _shelf).Current;

    /// <summary>Finds a job by its id.</summary>
    /// <param name="id">As a device names it.</param>
    /// <param name="job">The job where it is live, and where it is stale but still kept: its shares no longer count,
    /// but one that solves the block can still be assembled and submitted.</param>
    public JobState Find(ulong id, out Job? job)
    {
        Shelf shelf = Volatile.Read(ref _shelf);
        if (shelf.Kept.TryGetValue(id, out job))
        {
            return id >= shelf.FirstLive ? JobState.Live : JobState.Stale;
        }

        return shelf.Forgotten.Contains(id) ? JobState.Stale : JobState.Unknown;
    }

    /// <summary>Finds a job whose shares count.</summary>
    public bool TryFindLive(ulong id, [NotNullWhen(true)] out Job? job) => Find(id, out job) == JobState.Live;

    /// <summary>Follows the upstream no more.</summary>
    public void Dispose()
    {
        _upstream.Changed -= Take;
        _refresh.Dispose();
    }

    /// <summary>Brings ntime up to date where the upstream has been quiet for as long as it may be.</summary>
    internal void Refresh()
    {
        lock (_changing)
        {
            if (_time.GetElapsedTime(_lastMade) >= _options.NTimeRefresh)
            {
                Renew();
            }
        }
    }

    /// <summary>Makes a job anew of the template there is: its time, or whom it pays, has changed.</summary>
    internal void Renew()
    {
        lock (_changing)
        {
            if (_shelf.Current is { } current)
            {
                BlockTemplate template = _held ?? current.Template;
                uint now = (uint)Math.Min(_time.GetUtcNow().ToUnixTimeSeconds(), template.MaxTime);
                Publish(template with { Time = Math.Max(template.Time, now), Clean = false });
            }
        }
    }

    /// <summary>Whether work on one is as good as on the other. A pool wants its newest job named, so its are not.
    /// </summary>
    private static bool DifferInTimeOnly(BlockTemplate a, BlockTemplate b) =>
        a.Pool is null && b.Pool is null && !a.Clean
        && a.PreviousHash == b.PreviousHash && a.Height == b.Height && a.CoinbaseValue == b.CoinbaseValue
        && (a.Bits, a.Version, a.VersionMask, a.Witness) == (b.Bits, b.Version, b.VersionMask, b.Witness)
        && a.PayoutScript.AsSpan().SequenceEqual(b.PayoutScript)
        && a.Transactions.Select(t => t.Wtxid).SequenceEqual(b.Transactions.Select(t => t.Wtxid));

    private void Take(BlockTemplate template)
    {
        lock (_changing)
        {
            bool isYoung = _time.GetElapsedTime(_lastMade) < _options.NTimeRefresh;
            if (isYoung && _shelf.Current is { } current && DifferInTimeOnly(template, current.Template))
            {
                _held = template;
                return;
            }

            Publish(template);
        }
    }

    private void Publish(BlockTemplate template)
    {
        Job? last = _shelf.Current;
        template = template with { Payouts = Payouts(template) };
        bool clean = last is null || template.Clean || last.Template.PreviousHash != template.PreviousHash;
        Job job = new(++_lastId, template, clean, _startPrefix, _options, _shelf.Kept.Values);
        Job[] newest = [.. _shelf.Kept.Values.Append(job).OrderByDescending(j => j.Id)];
        foreach (Job old in newest.Skip(_options.KeptJobs))
        {
            _forgotten.Enqueue(old.Id);
        }

        while (_forgotten.Count > RememberedIds)
        {
            _forgotten.Dequeue();
        }

        Dictionary<ulong, Job> kept = newest.Take(_options.KeptJobs).ToDictionary(j => j.Id);
        ulong firstLive = clean ? job.Id : _shelf.FirstLive;
        (_lastMade, _held) = (_time.GetTimestamp(), null);
        Volatile.Write(ref _shelf, new Shelf(kept, [.. _forgotten], job, firstLive));
        Published?.Invoke(job);
    }

    /// <summary>What readers see, replaced as a whole: a share never waits for a job to be made.</summary>
    private sealed record Shelf(Dictionary<ulong, Job> Kept, HashSet<ulong> Forgotten, Job? Current, ulong FirstLive);
}
