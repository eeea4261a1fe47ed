using System.Buffers;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>
/// One connection's talk with a pool, Stratum v1 as a miner speaks it, without socket and clock: messages and the time
/// come in, lines go out. Used by one thread at a time.
/// </summary>
/// <remarks>Not here: <c>mining.suggest_difficulty</c>, since small devices are served below any difficulty that a pool
/// has; and <c>mining.suggest_target</c>, which no pool asks for.</remarks>
internal sealed class PoolSession
{
    /// <summary>Shares that may wait for their answers.</summary>
    public const int MaxPending = 1_000;

    private const string Agent = "MicroFirmware/1";

    private static readonly StratumId s_configure = new(1);
    private static readonly StratumId s_subscribe = new(2);
    private static readonly StratumId s_authorize = new(3);
    private static readonly StratumId s_extranonceSubscribe = new(4);
    private static readonly StratumId s_ping = new(5);
    private const long FirstShareId = 16;

    private readonly PoolOptions _options;
    private readonly Func<long> _nextSession;
    private readonly Dictionary<long, Pending> _pending = [];
    private readonly PoolPulse _pulse;
    private PoolLease? _lease;
    private PoolLease? _nextLease;
    private StratumMessage.Notify? _job;
    private UInt256 _shareTarget = Target.FromDifficulty(1);
    private bool _clean;
    private bool _authorized;
    private bool _closed;
    private long _nextShareId = FirstShareId;

    /// <summary>Prepares; <see cref="Begin"/> speaks first.</summary>
    /// <param name="options">Who we are.</param>
    /// <param name="before">What the last session had, to be resumed; null for none.</param>
    /// <param name="nextSession">Numbers sessions.</param>
    public PoolSession(PoolOptions options, PoolLease? before, Func<long> nextSession)
    {
        (_options, _lease, _nextSession) = (options, before, nextSession);
        _pulse = new PoolPulse(options.Timeout);
    }

    /// <summary>What the pool lends; that of the last session until it has said something else.</summary>
    public PoolLease? Lease => _lease;

    /// <summary>It has agreed to everything and given work: shares may be sent.</summary>
    public bool IsReady { get; private set; }

    /// <summary>What it asks of shares of the next job.</summary>
    public double Difficulty { get; private set; }

    /// <summary>Version bits that it lets roll.</summary>
    public uint VersionMask { get; private set; }

    /// <summary>How long its last answer took; null before the first.</summary>
    public TimeSpan? Latency => _pulse.Latency;

    /// <summary>What it said last for people to read; empty for nothing.</summary>
    public string ShownMessage { get; private set; } = "";

    /// <summary>Speaks first: <c>mining.configure</c> (BIP 310) and <c>mining.subscribe</c> together, because an old
    /// pool does not answer the former.</summary>
    public void Begin(TimeSpan now, IBufferWriter<byte> output)
    {
        _pulse.Begin(now);
        StratumWriter.Request(output, new StratumRequest.Configure(
            s_configure, ["version-rolling"], BlockHeader.RollingMask, MinBitCount: 2, MinimumDifficulty: null));
        string? resume = _lease is { Id.Length: > 0 } lease ? lease.Id : null;
        StratumWriter.Request(output, new StratumRequest.Subscribe(s_subscribe, Agent, resume));
    }

    /// <summary>Takes one message of the pool's.</summary>
    public PoolNews Read(StratumMessage message, TimeSpan now, IBufferWriter<byte> output)
    {
        _pulse.Heard(now);
        switch (message)
        {
            case StratumMessage.Response response:
                return ReadResponse(response, now, output);
            case StratumMessage.Notify notify:
                return Notified(notify);
            case StratumMessage.SetDifficulty set:
                (Difficulty, _shareTarget) = (set.Difficulty, Target.FromDifficulty(set.Difficulty));
                return default;
            case StratumMessage.SetVersionMask set:
                return SetMask(set.Mask & BlockHeader.RollingMask);
            case StratumMessage.SetExtranonce set:
                return SetExtranonce(set);
            case StratumMessage.Reconnect reconnect:
                return new PoolNews(Reconnect: reconnect);
            case StratumMessage.ShowMessage show:
                ShownMessage = show.Text;
                return default;
            case StratumMessage.Question { Method: "client.get_version" } question:
                StratumWriter.Told(output, question.Id, Agent);
                return default;
            case StratumMessage.Question question:
                StratumWriter.Pong(output, question.Id);
                return default;
            default:
                return default;
        }
    }

    /// <summary>Sends a share.</summary>
    /// <returns>Its outcome; null where nothing was sent: the session is not ready, not the share's, or over.</returns>
    public Task<PoolShareOutcome>? TrySubmit(PoolShare share, TimeSpan now, IBufferWriter<byte> output)
    {
        if (!IsReady || _closed || share.Work.Session != _lease!.Number || _pending.Count >= MaxPending)
        {
            return null;
        }

        long id = _nextShareId++;
        Pending pending = new(now);
        _pending.Add(id, pending);
        StratumWriter.Request(output, new StratumRequest.Submit(
            new StratumId(id),
            _options.User,
            share.Work.JobId,
            share.Extranonce2.ToArray(),
            share.NTime,
            share.Nonce,
            VersionMask != 0 ? share.Version & VersionMask : null));
        return pending.Answer.Task;
    }

    /// <summary>Looks after a silent pool.</summary>
    /// <returns>Why it is given up; null while it lives.</returns>
    public string? Tick(TimeSpan now, IBufferWriter<byte> output)
    {
        TimeSpan? oldest = _pending.Count > 0 ? _pending.Values.Min(pending => pending.Sent) : null;
        switch (_pulse.Tick(now, IsReady, oldest))
        {
            case PoolPulse.Verdict.Ask:
                StratumWriter.Request(output, new StratumRequest.Ping(s_ping));
                return null;
            case PoolPulse.Verdict.Dead:
                return IsReady ? "It does not answer any more." : "It accepts the connection and gives no work.";
            default:
                return null;
        }
    }

    /// <summary>The connection is over: what was not answered never will be.</summary>
    public void Close()
    {
        _closed = true;
        foreach (Pending pending in _pending.Values)
        {
            pending.Answer.TrySetResult(new PoolShareOutcome(
                PoolShareState.Unknown, "The connection ended before the pool answered."));
        }

        _pending.Clear();
    }

    private PoolNews ReadResponse(StratumMessage.Response response, TimeSpan now, IBufferWriter<byte> output)
    {
        if (response.Id.Text is not null || response.Id.IsNull)
        {
            return default;
        }

        switch (response.Id)
        {
            case var id when id == s_configure:
                return SetMask(PoolGreeting.ReadMask(response.Result));
            case var id when id == s_subscribe:
                return Subscribed(response, now, output);
            case var id when id == s_authorize && !response.Good:
                return new PoolNews(Problem: $"It refuses the worker: {response.Error?.Message ?? "no reason given"}.");
            case var id when id == s_authorize:
                _authorized = true;
                return Work();
            case var id when id == s_ping:
                _pulse.Pong(now);
                return default;
            default:
                ReadVerdict(response, now);
                return default;
        }
    }

    private void ReadVerdict(StratumMessage.Response response, TimeSpan now)
    {
        if (!_pending.Remove(response.Id.Number, out Pending? pending))
        {
            return;
        }

        _pulse.Answered(now - pending.Sent);
        pending.Answer.TrySetResult(response.Good
            ? new PoolShareOutcome(PoolShareState.Accepted)
            : new PoolShareOutcome(PoolShareState.Rejected, response.Error?.Message ?? "No reason given."));
    }

    private PoolNews Subscribed(StratumMessage.Response response, TimeSpan now, IBufferWriter<byte> output)
    {
        if (!response.Good)
        {
            return new PoolNews(
                Problem: $"It refuses to subscribe us: {response.Error?.Message ?? "no reason given"}.");
        }

        if (!PoolGreeting.TryReadSubscription(response.Result, out string id, out byte[] extranonce1, out int size))
        {
            return new PoolNews(Problem: "Its answer to mining.subscribe names no extranonce1, or leaves none to us.");
        }

        if (_lease?.IsResumedBy(extranonce1, size) != true)
        {
            _lease = new PoolLease(_nextSession(), id, extranonce1, size);
        }

        StratumWriter.Request(output, new StratumRequest.ExtranonceSubscribe(s_extranonceSubscribe));
        StratumWriter.Request(output, new StratumRequest.Authorize(s_authorize, _options.User, _options.Password));
        StratumWriter.Request(output, new StratumRequest.Ping(s_ping));
        _pulse.Asked(now);
        return default;
    }

    private PoolNews SetMask(uint mask)
    {
        if (mask == VersionMask)
        {
            return default;
        }

        VersionMask = mask;
        return Work();
    }

    private PoolNews SetExtranonce(StratumMessage.SetExtranonce set)
    {
        if (_lease is null || set.Extranonce2Size < 1)
        {
            return new PoolNews(Problem: "Its mining.set_extranonce leaves no octets to us.");
        }

        _nextLease = new PoolLease(_nextSession(), _lease.Id, set.Extranonce1, set.Extranonce2Size);
        return default;
    }

    private PoolNews Notified(StratumMessage.Notify notify)
    {
        // What mining.set_extranonce said holds from this job on.
        (_lease, _nextLease) = (_nextLease ?? _lease, null);
        _job = notify;
        _clean |= notify.Clean;
        return Work();
    }

    private PoolNews Work()
    {
        if (!_authorized || _lease is null || _job is not { } job)
        {
            return default;
        }

        // Lanes that were given have another extranonce1, or bits of another mask.
        bool clean = _clean || _lease.WorkedMask != VersionMask;
        if (!PoolTemplate.TryMake(job, _lease, _shareTarget, VersionMask, clean, out BlockTemplate? template))
        {
            return new PoolNews(Problem: "Its coinbase is no coinbase.");
        }

        (IsReady, _clean, _lease.WorkedMask) = (true, false, VersionMask);
        return new PoolNews(template);
    }

    /// <summary>A share that was sent.</summary>
    private sealed record Pending(TimeSpan Sent)
    {
        public TaskCompletionSource<PoolShareOutcome> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
