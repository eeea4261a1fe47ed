using System.Net;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Shares;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Stratum;

/// <summary>
/// Serves Stratum v1 miners: lets them in, gives all of them each new job, goes round the silent ones. Not here:
/// sessions that are resumed; a miner that comes back is given a new extranonce1.
/// </summary>
internal sealed class StratumServer : IDisposable
{
    /// <summary>Fewer connections than this are told of a job by one thread: two would only wait for each
    /// other.</summary>
    private const int WorthSharing = 64;

    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);

    private readonly Live<StratumOptions> _options;
    private readonly Live<ShareOptions> _shareOptions;
    private readonly AddressBook _addresses;
    private readonly ConnectionNumbers _numbers = new();
    private readonly ILogger<StratumServer> _log;
    private readonly Lock _sync = new();
    private readonly List<StratumConnection> _connections = [];
    private readonly ITimer _patrol;
    private long _sequence;
    private long _firstSequence;
    private long _accepted;
    private long _closedForCause;
    private int _tellers;
    private bool _isStopped;
    private NotifyLine? _line;

    public StratumServer(
        Live<StratumOptions> options,
        JobBoard board,
        DeviceRegistry registry,
        ShareRoom shares,
        Live<ShareOptions> shareOptions,
        GatewayClock clock,
        ILogger<StratumServer> log)
    {
        (_options, Board, Registry, Shares) = (options, board, registry, shares);
        (_shareOptions, Clock, _log) = (shareOptions, clock, log);
        _addresses = new AddressBook(options, clock);
        _patrol = clock.Source.CreateTimer(_ => Patrol(), null, s_round, s_round);

        // As ids of jobs: later starts go on above earlier ones, so a sequence number is nobody else's.
        _sequence = _firstSequence = clock.UnixMs << 20;
        board.Published += Announce;
        if (board.Current is { } job)
        {
            Announce(job);
        }
    }

    /// <summary>Told how long it took from a job to the last miner's line, and how many were told.</summary>
    public event Action<TimeSpan, int>? Announced;

    public JobBoard Board { get; }

    public DeviceRegistry Registry { get; }

    public ShareRoom Shares { get; }

    public ShareOptions ShareOptions => _shareOptions.Now;

    public GatewayClock Clock { get; }

    /// <summary>The job of the moment; null for none.</summary>
    public NotifyLine? Line => Volatile.Read(ref _line);

    /// <summary>Connections on which a line has begun and not ended.</summary>
    internal int PartialLines => Connections().Count(connection => connection.HasPartialLine);

    public StratumStatistics Statistics
    {
        get
        {
            StratumConnection[] all = Connections();
            return new StratumStatistics(
                all.Length,
                all.Count(connection => connection.IsMining),
                Interlocked.Read(ref _accepted),
                _addresses.Refused,
                Interlocked.Read(ref _closedForCause),
                Interlocked.Read(ref _sequence) - _firstSequence);
        }
    }

    /// <summary>Serves one connection to its end.</summary>
    public async Task ServeAsync(ConnectionContext transport)
    {
        if (!_addresses.TryEnter(transport.RemoteEndPoint, out IPAddress address))
        {
            transport.Abort();
            return;
        }

        StratumConnection connection = new(this, transport);
        try
        {
            if (TryAdd(connection))
            {
                Interlocked.Increment(ref _accepted);
                await connection.RunAsync();
            }
            else
            {
                transport.Abort();
            }
        }
        finally
        {
            Remove(connection);
            _addresses.Leave(address);
        }

        if (connection.Cause >= CloseCause.NoHandshake)
        {
            Interlocked.Increment(ref _closedForCause);
            _addresses.Blame(address);
            _log.LogDebug("A miner at {Address} was closed: {Cause}.", transport.RemoteEndPoint, connection.Cause);
        }
    }

    /// <summary>The next share's number: no other share of the gateway has it, nor had in an earlier run.</summary>
    public ulong NextSequence() => (ulong)Interlocked.Increment(ref _sequence);

    /// <summary>Gives a connection a number and the size of the extranonces; false where there is no room.</summary>
    public bool TryTakeNumber(out uint number, out ExtranonceSpace space)
    {
        space = Board.Current?.Extranonces ?? new ExtranonceSpace(ExtranonceSpace.OwnSize);
        number = 0;
        return space.HasConnections && _numbers.TryTake(space.Connections, out number);
    }

    /// <summary>A connection has ended.</summary>
    public void ReturnNumber(uint number, bool hadWork) => _numbers.Return(number, hadWork);

    /// <summary>Closes all connections and lets nobody in any more.</summary>
    public void Dispose()
    {
        Board.Published -= Announce;
        _patrol.Dispose();
        lock (_sync)
        {
            _isStopped = true;
        }

        foreach (StratumConnection connection in Connections())
        {
            connection.Close(CloseCause.Server);
        }
    }

    /// <summary>One round: too slow, too silent, too hard.</summary>
    internal void Patrol()
    {
        TimeSpan now = Clock.Now;
        foreach (StratumConnection connection in Connections())
        {
            connection.CheckTime(now);
        }
    }

    private void Announce(Job job)
    {
        NotifyLine line = new(job, Clock.Source.GetTimestamp());
        if (line.Length > NotifyLine.MaxOctets)
        {
            _log.LogWarning("A job has {Octets} octets, and small miners read {Most}: pay to fewer addresses.",
                line.Length, NotifyLine.MaxOctets);
        }

        _numbers.OnJob(job.Template.PreviousHash);
        Volatile.Write(ref _line, line);

        // Whoever publishes must not wait for sockets. One teller is enough: it tells the newest job.
        if (Interlocked.Increment(ref _tellers) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static server => server.Tell(), this, preferLocal: false);
        }
    }

    private void Tell()
    {
        int asked;
        do
        {
            asked = Volatile.Read(ref _tellers);
            NotifyLine line = Line!;
            StratumConnection[] all = Connections();
            if (all.Length < WorthSharing)
            {
                Array.ForEach(all, connection => Tell(connection, line));
            }
            else
            {
                Parallel.ForEach(all, connection => Tell(connection, line));
            }

            Announced?.Invoke(Clock.Source.GetElapsedTime(line.Made), all.Length);
        }
        while (Interlocked.Add(ref _tellers, -asked) != 0);
    }

    private static void Tell(StratumConnection connection, NotifyLine line)
    {
        connection.Issue(line);
        connection.Flush();
    }

    private StratumConnection[] Connections()
    {
        lock (_sync)
        {
            return [.. _connections];
        }
    }

    private bool TryAdd(StratumConnection connection)
    {
        lock (_sync)
        {
            if (_isStopped || _connections.Count >= _options.Now.MaxConnections)
            {
                return false;
            }

            connection.Place = _connections.Count;
            _connections.Add(connection);
            return true;
        }
    }

    private void Remove(StratumConnection connection)
    {
        lock (_sync)
        {
            if (connection.Place >= 0)
            {
                StratumConnection last = _connections[^1];
                (_connections[connection.Place], last.Place) = (last, connection.Place);
                _connections.RemoveAt(_connections.Count - 1);
            }
        }
    }
}
