using System.Globalization;
using System.Security.Authentication;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>
/// Work from a Stratum v1 pool, and shares to it. Connects again by itself, resumes its session where the pool lets it,
/// and sends no share twice. Safe for use by many threads.
/// </summary>
internal sealed class PoolUpstream : IUpstream, IShareTaker, IAsyncDisposable
{
    /// <summary>Shares that may wait for a session to be resumed.</summary>
    private const int MaxWaiting = 1_000;

    /// <summary>A connection that lasted this long was a good one: the next pause is short again.</summary>
    private static readonly TimeSpan s_good = TimeSpan.FromSeconds(30);

    /// <summary>Numbers sessions, of all pools: a share finds its own.</summary>
    private static long s_lastSession;

    private readonly PoolOptions _options;
    private readonly Func<Uri, CancellationToken, Task<Stream>> _connect;
    private readonly TimeProvider _time;
    private readonly Backoff _backoff;
    private readonly UpstreamMetrics _metrics;
    private readonly ILogger<PoolUpstream> _log;
    private readonly PoolTally _tally = new();
    private readonly CancellationTokenSource _stop = new();

    // Held while a share is sent or put to wait, so that none waits for a session that was resumed already.
    private readonly Lock _sending = new();
    private readonly Queue<Waiting> _waiting = new();
    private volatile PoolSession? _session;
    private volatile PoolConnection? _connection;
    private volatile PoolLease? _lease;
    private volatile string? _problem;
    private volatile bool _healthy;
    private BlockTemplate? _template;
    private Task _following = Task.CompletedTask;

    /// <summary>Prepares; <see cref="Start"/> begins.</summary>
    /// <param name="options">Who we are and where to.</param>
    /// <param name="connect">Connects; its exceptions are those of <see cref="PoolDialer"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="backoff">The pauses after failures.</param>
    /// <param name="metrics">Told of shares and times; the caller's.</param>
    /// <param name="log">Told of failures and of what the pool says.</param>
    public PoolUpstream(
        PoolOptions options,
        Func<Uri, CancellationToken, Task<Stream>> connect,
        TimeProvider time,
        Backoff backoff,
        UpstreamMetrics metrics,
        ILogger<PoolUpstream> log)
    {
        (_options, _connect, _time) = (options, connect, time);
        (_backoff, _metrics, _log) = (backoff, metrics, log);
    }

    /// <inheritdoc/>
    public event Action<BlockTemplate>? Changed;

    /// <inheritdoc/>
    public string Name => $"pool {_options.Url.GetComponents(UriComponents.SchemeAndServer, UriFormat.Unescaped)}";

    /// <inheritdoc/>
    public BlockTemplate? Current => Volatile.Read(ref _template);

    /// <inheritdoc/>
    public bool Healthy => _healthy;

    /// <inheritdoc/>
    public void Start() => _following = Task.Run(() => FollowAsync(_stop.Token));

    /// <inheritdoc/>
    public bool Owns(long session) => _lease?.Number == session;

    /// <summary>A pool assembles its blocks itself: the share is all it wants.</summary>
    public Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel) =>
        Task.FromResult(new SubmitOutcome(SubmitStatus.Rejected, "A pool takes no blocks."));

    /// <inheritdoc/>
    public async Task<PoolShareOutcome> SubmitAsync(PoolShare share)
    {
        long started = _time.GetTimestamp();
        PoolShareOutcome outcome = await SendOrWait(share);
        if (outcome.State is PoolShareState.Accepted or PoolShareState.Rejected)
        {
            _metrics.Answer(Name, _time.GetElapsedTime(started));
        }

        _tally.Count(outcome.State);
        _metrics.Share(Name, outcome.State);
        return outcome;
    }

    /// <inheritdoc/>
    public IReadOnlyList<UpstreamReport> Reports()
    {
        PoolSession? session = _session;
        PoolReport pool = _tally.Report(
            session?.Difficulty ?? 0,
            _lease?.Extranonce2Size ?? 0,
            (session?.VersionMask ?? 0).ToString("x8", CultureInfo.InvariantCulture),
            session?.Latency?.TotalMilliseconds);
        return [new UpstreamReport(Name, Active: true, Healthy, Current?.Height, _problem, pool)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        lock (_sending)
        {
            Release(_ => "The gateway has ended its connection to the pool.");
        }

        _stop.Dispose();
    }

    private Task<PoolShareOutcome> SendOrWait(PoolShare share)
    {
        lock (_sending)
        {
            if (_connection?.TrySubmit(share) is { } sent)
            {
                return sent;
            }

            bool canWait = Owns(share.Work.Session) && !_stop.IsCancellationRequested;
            if (!canWait || _waiting.Count >= MaxWaiting)
            {
                return Task.FromResult(new PoolShareOutcome(
                    PoolShareState.Lost, canWait ? "Too many shares wait." : "The session with the pool is over."));
            }

            Waiting waiting = new(share);
            _waiting.Enqueue(waiting);
            return waiting.Outcome.Task;
        }
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        Uri at = _options.Url;
        while (!stop.IsCancellationRequested)
        {
            long started = _time.GetTimestamp();
            PoolNews end = await TalkAsync(at, stop);
            _healthy = false;
            at = _options.Url;
            TimeSpan pause = TimeSpan.Zero;
            if (end.Reconnect is { } reconnect)
            {
                at = Follow(reconnect);
                pause = TimeSpan.FromSeconds(reconnect.WaitSeconds);
            }
            else if (!stop.IsCancellationRequested)
            {
                _problem = $"{Name}: {end.Problem}";
                _log.LogWarning("No work from {Pool}. {Problem}", Name, end.Problem);
            }

            if (_time.GetElapsedTime(started) > s_good)
            {
                _backoff.Reset();
            }

            await PauseAsync(pause + _backoff.Next(), stop);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, _time, stop);
        }
        catch (OperationCanceledException)
        {
            // The end that was asked for.
        }
    }

    private Uri Follow(StratumMessage.Reconnect reconnect)
    {
        Uri? next = PoolDomain.Follow(_options.Url, reconnect.Host, reconnect.Port);
        if (next is null)
        {
            _log.LogWarning("{Pool} wants to be reached at {Host}, which is not of its domain: not followed.",
                Name, reconnect.Host);
        }

        return next ?? _options.Url;
    }

    private async Task<PoolNews> TalkAsync(Uri at, CancellationToken stop)
    {
        try
        {
            using CancellationTokenSource timeout = new(_options.Timeout, _time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
            Stream stream = await _connect(at, either.Token);
            PoolSession session = new(_options, _lease, () => Interlocked.Increment(ref s_lastSession));
            PoolConnection connection = new(stream, session, _time);
            _tally.Connected();
            (_session, _connection) = (session, connection);
            PoolNews end = await connection.RunAsync((work, arrived) => Publish(work, arrived, session), stop);
            if (session.ShownMessage.Length > 0)
            {
                _log.LogInformation("{Pool} says: {Message}", Name, session.ShownMessage);
            }

            return end;
        }
        catch (OperationCanceledException)
        {
            return new PoolNews(Problem: "It cannot be reached in time: is the address right?");
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return new PoolNews(Problem: $"It cannot be reached: {e.Message}");
        }
    }

    private void Publish(BlockTemplate template, long arrived, PoolSession session)
    {
        bool isNewTip = _template?.PreviousHash != template.PreviousHash;
        lock (_sending)
        {
            _lease = session.Lease;
            (_healthy, _problem) = (true, null);
            Release(share => Owns(share.Work.Session) ? null : "The session with the pool is over.");
        }

        Volatile.Write(ref _template, template);
        Changed?.Invoke(template);
        if (isNewTip)
        {
            _metrics.Tip(Name, _time.GetElapsedTime(arrived));
        }
    }

    /// <summary>Sends what waits, except what is lost for the reason given.</summary>
    private void Release(Func<PoolShare, string?> whyLost)
    {
        while (_waiting.TryDequeue(out Waiting? waiting))
        {
            string? reason = whyLost(waiting.Share);
            Task<PoolShareOutcome>? sent = reason is null ? _connection?.TrySubmit(waiting.Share) : null;
            _ = waiting.FollowAsync(sent ?? Task.FromResult(new PoolShareOutcome(
                PoolShareState.Lost, reason ?? "The connection ended again.")));
        }
    }

    /// <summary>A share that waits for its session to be resumed.</summary>
    private sealed record Waiting(PoolShare Share)
    {
        public TaskCompletionSource<PoolShareOutcome> Outcome { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task FollowAsync(Task<PoolShareOutcome> sent) => Outcome.SetResult(await sent);
    }
}
