using System.Collections.Concurrent;
using System.Net;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <content>Who is there: connections, sessions, and the one timer that watches over all of them.</content>
public sealed partial class MqttBroker
{
    private static readonly TimeSpan s_sweepInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _connectionsSync = new();
    private readonly Lock _sessionsSync = new();
    private readonly List<BrokerConnection> _connections = [];
    private readonly List<BrokerConnection> _swept = [];
    private readonly Dictionary<IPAddress, int> _perAddress = [];
    private readonly ConcurrentDictionary<string, BrokerSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>The number of sessions, connected or not.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Every session, connected or not, as they are while they are looked at.</summary>
    public IEnumerable<BrokerSession> Sessions => _sessions.Values;

    /// <summary>Messages that wait for clients or for their acknowledgement, over all sessions.</summary>
    public long QueuedMessages => _sessions.Values.Sum(s => (long)s.QueuedMessages);

    /// <summary>Sessions whose client is not connected.</summary>
    internal int DisconnectedSessionCount => _sessions.Values.Count(s => !s.IsConnected);

    /// <summary>Whether one more connection may be let in; it is counted already.</summary>
    internal bool HasRoomFor(BrokerConnection connection)
    {
        lock (_connectionsSync)
        {
            return !_stopping
                && _connections.Count <= Options.MaxConnections
                && (Options.MaxConnectionsPerAddress == 0 || AddressOf(connection) is not { } address
                    || _perAddress.GetValueOrDefault(address) <= Options.MaxConnectionsPerAddress);
        }
    }

    internal bool IsAllowedWill(BrokerSession session, WillMessage will) =>
        Options.CheckTopic(System.Text.Encoding.UTF8.GetBytes(will.Topic)) == Codec.ProtocolError.None
        && Authority.MayPublish(session, will.Topic);

    /// <summary>Gives a client its session, and closes the connection that had it (MQTT-3.1.4-2).</summary>
    /// <returns>Accepted, or the reason why there is no session.</returns>
    internal ConnectReturnCode TryOpenSession(
        BrokerConnection connection,
        ConnectPacket connect,
        object? identity,
        out bool present)
    {
        lock (_sessionsSync)
        {
            present = false;
            if (_sessions.TryGetValue(connect.ClientId, out BrokerSession? session))
            {
                session.TakeOver();
                present = !session.IsClean && !connect.CleanSession;
            }
            else if (_sessions.Count >= Options.MaxSessions)
            {
                return ConnectReturnCode.ServerUnavailable;
            }

            if (!present)
            {
                session?.End();
                session = new BrokerSession(this, connect.ClientId, connect.CleanSession);
                _sessions[connect.ClientId] = session;
            }

            session!.UserName = connect.UserName;
            session.Identity = identity;
            connection.Adopt(session);
            session.Attach(connection);
            return ConnectReturnCode.Accepted;
        }
    }

    /// <summary>A connection has ended: its will is published unless it ended well, its session ends if it is clean.
    /// </summary>
    internal void OnClosed(BrokerConnection connection, BrokerSession? session, CloseReason reason, WillMessage? will)
    {
        Remove(connection);
        Metrics.Closed(reason);
        Log.Closed(session?.ClientId, connection.RemoteEndPoint, reason);
        if (session is null)
        {
            return;
        }

        if (session.Detach(connection) && session.IsClean)
        {
            session.End();
            _sessions.TryRemove(KeyValuePair.Create(session.ClientId, session));
        }

        if (will is not null && reason != CloseReason.Disconnected)
        {
            Router.Publish(new Message(new TopicName(will.Topic), will.Payload, will.QoS), will.Retain, null);
        }
    }

    private void Restore(StoredState? state)
    {
        foreach (StoredSession stored in state?.Sessions ?? [])
        {
            var session = new BrokerSession(this, stored.ClientId, clean: false);
            session.Restore(stored);
            _sessions[stored.ClientId] = session;
        }

        foreach (StoredMessage stored in state?.Retained ?? [])
        {
            Router.Retained.Set(new Message(new TopicName(stored.Topic), stored.Payload, stored.QoS));
        }
    }

    private static IPAddress? AddressOf(BrokerConnection connection) =>
        (connection.RemoteEndPoint as IPEndPoint)?.Address;

    private void Add(BrokerConnection connection)
    {
        Metrics.Opened();
        lock (_connectionsSync)
        {
            connection.Place = _connections.Count;
            _connections.Add(connection);
            if (Options.MaxConnectionsPerAddress > 0 && AddressOf(connection) is { } address)
            {
                _perAddress[address] = _perAddress.GetValueOrDefault(address) + 1;
            }
        }
    }

    private void Remove(BrokerConnection connection)
    {
        lock (_connectionsSync)
        {
            BrokerConnection last = _connections[^1];
            _connections[connection.Place] = last;
            last.Place = connection.Place;
            _connections.RemoveAt(_connections.Count - 1);
            if (Options.MaxConnectionsPerAddress > 0 && AddressOf(connection) is { } address
                && --_perAddress[address] == 0)
            {
                _perAddress.Remove(address);
            }
        }
    }

    /// <summary>Looks at every connection: at 10,000 of them less work than one timer each.</summary>
    private void Sweep()
    {
        if (!Monitor.TryEnter(_swept))
        {
            return;
        }

        try
        {
            long nowMs = NowMs;
            CopyConnections(_swept);
            _swept.ForEach(connection => connection.CheckTime(nowMs));
        }
        finally
        {
            _swept.Clear();
            Monitor.Exit(_swept);
        }
    }

    private void CloseAll(CloseReason reason)
    {
        var all = new List<BrokerConnection>();
        CopyConnections(all);
        all.ForEach(connection => connection.Close(reason));
    }

    private void CopyConnections(List<BrokerConnection> copy)
    {
        lock (_connectionsSync)
        {
            copy.AddRange(_connections);
        }
    }
}
