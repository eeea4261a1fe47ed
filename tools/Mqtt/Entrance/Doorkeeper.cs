using System.Net;
using MicroFirmware.Mqtt.Broker;

namespace MicroFirmware.Mqtt.Entrance;

/// <summary>
/// Lets so many connects a second in from one address. One more waits in its address's line, unread and first come,
/// first served: a fleet behind one NAT gets in, later; and a client that connects again as soon as it is closed has
/// nothing to come back for. Only where a line is full, or somebody stood too long, a client is closed.
/// </summary>
internal sealed class Doorkeeper : IDisposable
{
    // As long as a connection may take to its CONNECT: clients give up at about that time.
    private const int MaxWaitMs = 10_000;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _sync = new();
    private readonly BrokerOptions _options;
    private readonly TimeProvider _time;
    private readonly Action _rejected;
    private readonly AddressBudget _budget;
    private readonly Dictionary<IPAddress, Queue<Guest>> _lines = [];
    private readonly ITimer _timer;
    private readonly long _started;
    private int _waiting;
    private bool _isClosed;

    /// <param name="options">The limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="rejected">Told of each client that is closed.</param>
    public Doorkeeper(BrokerOptions options, TimeProvider time, Action rejected)
    {
        (_options, _time, _rejected) = (options, time, rejected);
        _budget = new AddressBudget(
            options.MaxConnectsPerAddressPerSecond, options.MaxConnectsPerAddressPerSecond);
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => CallIn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Clients that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    private long NowMs => (long)_time.GetElapsedTime(_started).TotalMilliseconds;

    /// <summary>Waits for the client's turn; at once when its address has not spent its budget.</summary>
    /// <param name="from">Where it comes from.</param>
    /// <param name="hasLeft">Whether the client has gone; asked when its turn comes.</param>
    /// <returns>False when it is to be closed.</returns>
    public ValueTask<bool> EnterAsync(EndPoint? from, Func<bool> hasLeft)
    {
        if (_options.MaxConnectsPerAddressPerSecond == 0 || AddressBudget.KeyOf(from) is not { } address)
        {
            return new ValueTask<bool>(true);
        }

        lock (_sync)
        {
            bool hasLine = _lines.TryGetValue(address, out Queue<Guest>? line);
            if (!hasLine && _budget.TryTake(address, NowMs))
            {
                return new ValueTask<bool>(true);
            }

            if (_isClosed || _waiting >= _options.MaxWaitingConnects || line?.Count >= _options.MaxWaitingPerAddress)
            {
                _rejected();
                return new ValueTask<bool>(false);
            }

            var guest = new Guest(NowMs, hasLeft);
            Join(address, line, guest);
            return new ValueTask<bool>(guest.Task);
        }
    }

    /// <summary>Closes all who wait.</summary>
    public void Dispose()
    {
        lock (_sync)
        {
            _isClosed = true;
            _timer.Dispose();
            foreach (Guest guest in _lines.Values.SelectMany(line => line))
            {
                guest.SetResult(false);
            }

            _lines.Clear();
            _waiting = 0;
        }
    }

    private void Join(IPAddress address, Queue<Guest>? line, Guest guest)
    {
        if (line is null)
        {
            _lines.Add(address, line = new Queue<Guest>());
        }

        line.Enqueue(guest);
        if (_waiting++ == 0)
        {
            _timer.Change(s_interval, s_interval);
        }
    }

    private void CallIn()
    {
        lock (_sync)
        {
            if (_isClosed)
            {
                return;
            }

            long nowMs = NowMs;
            foreach ((IPAddress address, Queue<Guest> line) in _lines)
            {
                CallIn(address, line, nowMs);
                if (line.Count == 0)
                {
                    _lines.Remove(address);
                }
            }

            if (_waiting == 0)
            {
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void CallIn(IPAddress address, Queue<Guest> line, long nowMs)
    {
        while (line.TryPeek(out Guest? guest))
        {
            bool hasLeft = guest.HasLeft;
            bool mayEnter = !hasLeft && _budget.TryTake(address, nowMs);
            if (!mayEnter && !hasLeft && nowMs - guest.SinceMs <= MaxWaitMs)
            {
                return;
            }

            if (!mayEnter)
            {
                _rejected();
            }

            guest.SetResult(mayEnter);
            line.Dequeue();
            _waiting--;
        }
    }
}
