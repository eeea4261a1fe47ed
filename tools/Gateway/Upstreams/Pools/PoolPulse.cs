namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>Whether a pool still lives, from when it was heard last. Used by one thread at a time.</summary>
/// <param name="greetingTimeout">How long it may take from the connection to the first work.</param>
internal sealed class PoolPulse(TimeSpan greetingTimeout)
{
    /// <summary>How long a pool may be silent before it is asked.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);

    /// <summary>How long it may take to answer, beside twice what its last answer took. With the silence before, the
    /// grace until another upstream takes over and three ticks, 4.5 s.</summary>
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(1.5);

    /// <summary>How long one that answers no ping may be silent: twice what pools take between two jobs.</summary>
    private static readonly TimeSpan s_longSilence = TimeSpan.FromMinutes(3);

    /// <summary>How long a share's answer may take of one that answers no ping.</summary>
    private static readonly TimeSpan s_longAnswer = TimeSpan.FromSeconds(30);

    /// <summary>A tick that comes later than this was held up on this side: then the pool is not to blame.</summary>
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(1);

    private TimeSpan _began;
    private TimeSpan _heard;
    private TimeSpan _ticked;
    private TimeSpan? _asked;
    private bool _answersPings;

    /// <summary>What is to be done.</summary>
    public enum Verdict
    {
        /// <summary>Nothing.</summary>
        Alive,

        /// <summary>Send a ping.</summary>
        Ask,

        /// <summary>Give it up.</summary>
        Dead,
    }

    /// <summary>How long its last answer took; null before the first.</summary>
    public TimeSpan? Latency { get; private set; }

    /// <summary>The connection is there.</summary>
    public void Begin(TimeSpan now) => (_began, _heard, _ticked) = (now, now, now);

    /// <summary>A ping goes out with the greeting: whether it is answered tells whether later ones are worth waiting
    /// for.</summary>
    public void Asked(TimeSpan now) => _asked = now;

    /// <summary>Something came.</summary>
    public void Heard(TimeSpan now) => _heard = now;

    /// <summary>A ping's answer came: good or bad, somebody is there.</summary>
    public void Pong(TimeSpan now)
    {
        if (_asked is { } asked)
        {
            Latency = now - asked;
        }

        (_answersPings, _asked) = (true, null);
    }

    /// <summary>A share's answer came.</summary>
    public void Answered(TimeSpan took) => Latency = took;

    /// <summary>Looks at the clock.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isReady">It has given work.</param>
    /// <param name="oldestShare">When the oldest share without an answer was sent; null for none.</param>
    public Verdict Tick(TimeSpan now, bool isReady, TimeSpan? oldestShare)
    {
        bool stalled = now - _ticked > s_stall;
        _ticked = now;
        if (stalled)
        {
            _heard = now;
            _asked = _asked is null ? null : now;
            return Verdict.Alive;
        }

        if (!isReady)
        {
            return now - _began > greetingTimeout ? Verdict.Dead : Verdict.Alive;
        }

        TimeSpan silence = now - _heard;
        if (!_answersPings)
        {
            bool lost = silence > s_longAnswer && oldestShare is { } sent && now - sent > s_longAnswer;
            return lost || silence > s_longSilence ? Verdict.Dead : Verdict.Alive;
        }

        if (_asked is { } asked)
        {
            TimeSpan patience = s_answer + (2 * (Latency ?? TimeSpan.Zero));
            return now - asked > patience && silence > patience ? Verdict.Dead : Verdict.Alive;
        }

        if (silence < s_silence)
        {
            return Verdict.Alive;
        }

        _asked = now;
        return Verdict.Ask;
    }
}
