using System.Net;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// A client as the broker knows it: its subscriptions and the messages on their way to it (MQTT 3.1.1 §3.1.2.4). With
/// clean session it ends with its connection; without, it waits for the client to come back.
/// </summary>
public sealed partial class BrokerSession : ISubscriber
{
    private readonly MqttBroker _broker;
    private readonly ISessionStore? _store;
    private readonly Dictionary<string, QualityOfService> _filters = new(0, StringComparer.Ordinal);
    private BrokerConnection? _connection;
    private bool _ended;

    internal BrokerSession(MqttBroker broker, string clientId, bool clean)
    {
        _broker = broker;
        _store = clean ? null : broker.Store;
        _outbound = new OutboundQueue(broker.Options.MaxOutboundInFlight);
        ClientId = clientId;
        IsClean = clean;
    }

    /// <summary>The client id; no two sessions have the same.</summary>
    public string ClientId { get; }

    /// <summary>The session ends with its connection.</summary>
    public bool IsClean { get; }

    /// <summary>The user name of the last CONNECT, or null.</summary>
    public string? UserName { get; internal set; }

    /// <summary>What the authority made of the client: the object of <see cref="ConnectDecision.Accept"/>.</summary>
    public object? Identity { get; internal set; }

    /// <summary>Where the client is connected from, or null.</summary>
    public EndPoint? RemoteEndPoint => _connection?.RemoteEndPoint;

    /// <summary>True while the client is connected.</summary>
    public bool IsConnected => _connection is not null;

    /// <summary>True if the session outlives the broker.</summary>
    internal bool IsStored => _store is not null;

    /// <summary>Whether the client has subscribed to exactly this filter.</summary>
    /// <param name="filter">The filter, character by character.</param>
    public bool HasSubscribed(string filter)
    {
        lock (_filters)
        {
            return _filters.ContainsKey(filter);
        }
    }

    /// <summary>Closes the client's connection, if it has one. Its will is published.</summary>
    public void Disconnect() => _connection?.Close(CloseReason.ClosedByHost);

    /// <summary>The client id.</summary>
    public override string ToString() => ClientId;

    internal void Attach(BrokerConnection connection)
    {
        lock (_outbound)
        {
            _connection = connection;
            _progressMs = _broker.NowMs;
            _store?.Append(new(SessionChangeKind.Attached, ClientId));
        }
    }

    /// <summary>The connection has ended.</summary>
    /// <returns>True if it was still this session's.</returns>
    internal bool Detach(BrokerConnection connection)
    {
        lock (_outbound)
        {
            if (_connection != connection)
            {
                return false;
            }

            _connection = null;
            _outbound.Disconnect();
            _store?.Append(new(SessionChangeKind.Detached, ClientId, _outbound.SentBelow));
            ReleaseWaiting();
            return true;
        }
    }

    /// <summary>The client has come again on another connection.</summary>
    internal void TakeOver() => _connection?.Close(CloseReason.TakenOver);

    /// <summary>The session is over: everything it subscribed to is forgotten.</summary>
    internal void End()
    {
        lock (_filters)
        {
            _ended = true;
            foreach (string filter in _filters.Keys)
            {
                _broker.Router.Unsubscribe(filter, this);
            }

            _filters.Clear();
        }

        lock (_outbound)
        {
            _store?.Append(new(SessionChangeKind.Ended, ClientId));
        }
    }

    /// <returns>False when the session has as many subscriptions as it may have, or is over.</returns>
    internal bool TrySubscribe(string filter, QualityOfService qos)
    {
        lock (_filters)
        {
            if (_ended || (_filters.Count >= _broker.Options.MaxSubscriptions && !_filters.ContainsKey(filter)))
            {
                return false;
            }

            _filters[filter] = qos;
            _broker.Router.Subscribe(filter, this, qos);
            _store?.Append(new(SessionChangeKind.Subscribed, ClientId, Text: filter, QoS: qos));
            return true;
        }
    }

    internal void Unsubscribe(string filter)
    {
        lock (_filters)
        {
            if (_filters.Remove(filter))
            {
                _broker.Router.Unsubscribe(filter, this);
                _store?.Append(new(SessionChangeKind.Unsubscribed, ClientId, Text: filter));
            }
        }
    }

    /// <summary>Takes over what the store kept.</summary>
    internal void Restore(StoredSession stored)
    {
        foreach ((string filter, QualityOfService qos) in stored.Subscriptions)
        {
            _filters[filter] = qos;
            _broker.Router.Subscribe(filter, this, qos);
        }

        _received = stored.Received.ToDictionary(id => id, _ => true);
        _outbound.Restore(stored);
    }

    private bool TryGetGranted(string topic, out QualityOfService granted)
    {
        lock (_filters)
        {
            bool any = false;
            granted = QualityOfService.AtMostOnce;
            foreach ((string filter, QualityOfService qos) in _filters)
            {
                if (TopicRules.Matches(filter, topic))
                {
                    granted = granted > qos ? granted : qos;
                    any = true;
                }
            }

            return any;
        }
    }
}
