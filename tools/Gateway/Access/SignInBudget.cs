using System.Net;
using MicroFirmware.Addresses;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// How often somebody may try to sign in: by user name, so that no password is guessed from many addresses, and by
/// address, so that no address tries many names. Names that nobody has count like others, so a lock tells nothing. A
/// lock grows from half a minute to a quarter of an hour and no further, and a one-time link ends it.
/// </summary>
internal sealed class SignInBudget
{
    /// <summary>Wrong passwords of a name before it has to wait.</summary>
    public const int FreeOfName = 5;

    /// <summary>The same of an address, behind which a household may be.</summary>
    public const int FreeOfAddress = 20;

    /// <summary>The first wait; it doubles with every failure.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>When a failure is forgotten.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly AttemptTable _names;
    private readonly AttemptTable _addresses;
    private readonly GatewayClock _clock;
    private readonly long _startedMs;

    public SignInBudget(GatewayClock clock)
    {
        _clock = clock;
        _startedMs = clock.UnixMs - (long)clock.Now.TotalMilliseconds;
        _names = new AttemptTable(isOfNames: true, FreeOfName, note => Noted?.Invoke(note));
        _addresses = new AttemptTable(isOfNames: false, FreeOfAddress, note => Noted?.Invoke(note));
    }

    /// <summary>Told of every count as it is now. Must not wait.</summary>
    public event Action<AttemptNote>? Noted;

    // The date as it was at the start, and time that never goes back: a clock that is set ends no lock.
    private long NowMs => _startedMs + (long)_clock.Now.TotalMilliseconds;

    /// <summary>Takes a count that an earlier run noted.</summary>
    public void Load(AttemptNote note)
    {
        lock (_gate)
        {
            long now = NowMs;
            long longest = now + (long)LongestWait.TotalMilliseconds;
            (note.IsName ? _names : _addresses).Load(note with
            {
                LastMs = Math.Min(note.LastMs, now),
                LockedUntilMs = Math.Min(note.LockedUntilMs, longest),
            });
        }
    }

    /// <summary>
    /// Begins an attempt. It counts as failed until <see cref="Succeed"/>, so that many at once are not more than one
    /// after the other.
    /// </summary>
    /// <returns>How long to wait; zero to go on.</returns>
    public TimeSpan Begin(string name, IPAddress address)
    {
        lock (_gate)
        {
            long now = NowMs;
            TimeSpan ofName = _names.Wait(Key(name), now);
            TimeSpan ofAddress = _addresses.Wait(Key(address), now);
            TimeSpan wait = ofName > ofAddress ? ofName : ofAddress;
            if (wait == TimeSpan.Zero)
            {
                _names.Count(Key(name), now);
                _addresses.Count(Key(address), now);
            }

            return wait;
        }
    }

    /// <summary>The attempt was right: the name starts anew, the address has one failure less.</summary>
    public void Succeed(string name, IPAddress address)
    {
        lock (_gate)
        {
            _names.Forget(Key(name));
            _addresses.TakeBack(Key(address));
        }
    }

    private static string Key(string name) => name.ToLowerInvariant();

    private static string Key(IPAddress address) => ClientNetwork.Of(address).ToString();
}
