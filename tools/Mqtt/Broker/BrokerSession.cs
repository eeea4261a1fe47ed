using System.Buffers;
using System.Net;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// A client as the broker knows it: its subscriptions and the messages on their way to it (MQTT 3.1.1 §3.1.2.4). With
/// clean session it ends with its connection; without, it waits for the client to come back.
/// </summary>
public sealed class BrokerSession : ISubscriber
{
    private readonly MqttBroker _broker;
    private readonly OutboundQueue _outbound;
    private readonly Dictionary<string, QualityOfService> _filters = new(0, StringComparer.Ordinal);
    private Dictionary<ushort, bool>? _received;
    private List<AsyncGate>? _waiting;
    private BrokerConnection? _connection;
    private long _progressMs;
    private long _answersSinceMs;
    private bool _ended;

    internal BrokerSession(MqttBroker broker, string clientId, bool clean)
    {
        _broker = broker;
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

    /// <summary>Messages that wait for this client or for its acknowledgement.</summary>
    public int QueuedMessages
    {
        get
        {
            lock (_outbound)
            {
                return _outbound.Count;
            }
        }
    }

    /// <summary>
    /// Sends a message to this client alone, if it has subscribed to the topic. Costs no look-up: what the gateway uses
    /// for verdicts. Around many calls make a <see cref="MqttBroker.Batch"/>.
    /// </summary>
    /// <param name="topic">The topic name; make it once a device.</param>
    /// <param name="payload">The octets; they must not change afterwards.</param>
    /// <param name="qos">The quality, lowered to what the client was granted.</param>
    /// <returns>False if the client has not subscribed, is gone, or reads too slowly: then the message is dropped.</returns>
    public bool TryPublish(TopicName topic, ReadOnlyMemory<byte> payload, QualityOfService qos) =>
        TryGetGranted(topic.Text, out QualityOfService granted)
        && TryDeliver(new Message(topic, payload, qos), granted, null);

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

    void ISubscriber.Deliver(Message message, QualityOfService granted, BrokerConnection? publisher) =>
        TryDeliver(message, granted, publisher);

    internal void Attach(BrokerConnection connection)
    {
        lock (_outbound)
        {
            _connection = connection;
            _progressMs = _broker.NowMs;
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
            }
        }
    }

    /// <summary>Queues retained messages behind everything else (MQTT 3.1.1 §3.3.1.3).</summary>
    internal void AddRetained(List<Message> messages, QualityOfService granted)
    {
        lock (_outbound)
        {
            foreach (Message message in messages)
            {
                var delivery = new Delivery(message, Lower(message.QoS, granted), retained: true);
                _outbound.AddBacklog(delivery, _broker.Options.MaxRetainedMessages);
            }
        }
    }

    /// <summary>Queues an answer to the client.</summary>
    /// <param name="packet">The answer.</param>
    /// <param name="only">Only if this is still the session's connection; null for whichever it has.</param>
    internal void Answer(in ControlPacket packet, BrokerConnection? only)
    {
        BrokerConnection? connection;
        lock (_outbound)
        {
            connection = _connection;
            if (connection is null || (only is not null && only != connection))
            {
                return;
            }

            if (_outbound.ControlCount == 0)
            {
                _answersSinceMs = _broker.NowMs;
            }

            _outbound.Add(packet);
        }

        DrainBatch.Add(connection);
    }

    internal void OnAcknowledged(PacketType type, ushort packetId)
    {
        BrokerConnection? connection;
        lock (_outbound)
        {
            bool expected = type switch
            {
                PacketType.PubAck => _outbound.Acknowledge(packetId),
                PacketType.PubRec => _outbound.Release(packetId),
                _ => _outbound.Complete(packetId),
            };
            if (type == PacketType.PubRec)
            {
                _outbound.Add(new ControlPacket(PacketType.PubRel, packetId));
            }

            if (expected)
            {
                OnProgress();
            }

            connection = _connection;
        }

        if (connection is not null)
        {
            DrainBatch.Add(connection);
        }
    }

    /// <summary>A QoS 2 message begins to arrive.</summary>
    /// <returns>Null if it is new; otherwise whether it has arrived before, or is still being worked on.</returns>
    internal InboundState BeginReceive(ushort packetId)
    {
        lock (_outbound)
        {
            _received ??= [];
            if (_received.TryGetValue(packetId, out bool arrived))
            {
                return arrived ? InboundState.Done : InboundState.Busy;
            }

            _received.Add(packetId, false);
            return InboundState.Free;
        }
    }

    /// <summary>The work on a message has ended; a QoS 2 message that was taken is not taken again.</summary>
    internal void EndReceive(QualityOfService qos, ushort packetId, bool succeeded)
    {
        if (qos != QualityOfService.ExactlyOnce)
        {
            return;
        }

        lock (_outbound)
        {
            if (succeeded)
            {
                _received![packetId] = true;
            }
            else
            {
                _received!.Remove(packetId);
            }
        }
    }

    /// <summary>PUBREL: the packet id may be used for a new message.</summary>
    internal void OnReleased(ushort packetId)
    {
        lock (_outbound)
        {
            _received?.Remove(packetId);
        }
    }

    /// <summary>Writes what waits; called by the connection that drains.</summary>
    /// <returns>False when nothing was left to write, and the connection no longer drains.</returns>
    internal bool Fill(BrokerConnection connection, IBufferWriter<byte> output, int budget)
    {
        lock (_outbound)
        {
            if (_connection != connection)
            {
                connection.IsDraining = false;
                return false;
            }

            int before = _outbound.Count;
            bool any = _outbound.Fill(output, budget) > 0;
            connection.IsDraining = any;
            _answersSinceMs = _broker.NowMs;
            if (_outbound.Count < before)
            {
                OnProgress();
            }

            return any;
        }
    }

    /// <summary>Takes the right to drain, if nobody has it.</summary>
    internal bool TryBeginDrain(BrokerConnection connection)
    {
        lock (_outbound)
        {
            if (connection.IsDraining || _connection != connection)
            {
                return false;
            }

            connection.IsDraining = true;
            return true;
        }
    }

    /// <summary>Whether a connection has to wait before it is read again; then the gate will be opened.</summary>
    internal bool MustWaitForRoom(AsyncGate gate)
    {
        lock (_outbound)
        {
            if (_connection is null || _outbound.Count <= _broker.Options.MaxQueuedMessages / 2)
            {
                return false;
            }

            _waiting ??= [];
            if (!_waiting.Contains(gate))
            {
                _waiting.Add(gate);
            }

            return true;
        }
    }

    /// <summary>Whether more answers wait for the client than it may leave unread.</summary>
    internal bool HasTooManyAnswers()
    {
        lock (_outbound)
        {
            return _outbound.ControlCount > _broker.Options.MaxQueuedMessages;
        }
    }

    /// <summary>Whether others have waited for this client for longer than they should.</summary>
    internal bool IsStalled(long nowMs)
    {
        lock (_outbound)
        {
            long limitMs = (long)_broker.Options.StallTimeout.TotalMilliseconds;
            return (_outbound.Count > _broker.Options.MaxQueuedMessages && nowMs - _progressMs > limitMs)
                || (_outbound.ControlCount > 0 && nowMs - _answersSinceMs > limitMs);
        }
    }

    private static QualityOfService Lower(QualityOfService a, QualityOfService b) => a < b ? a : b;

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

    private bool TryDeliver(Message message, QualityOfService granted, BrokerConnection? publisher)
    {
        QualityOfService qos = Lower(message.QoS, granted);
        BrokerConnection? connection;
        bool isFull;
        lock (_outbound)
        {
            connection = _connection;
            int limit = _broker.Options.MaxQueuedMessages;
            bool bestEffort = qos == QualityOfService.AtMostOnce;
            if (bestEffort && (connection is null || _outbound.Count >= limit))
            {
                _broker.Metrics.Dropped(DropReason.BestEffort);
                return false;
            }

            isFull = _outbound.Count >= (connection is null ? limit : 2 * limit);
            if (!isFull)
            {
                Queue(new Delivery(message, qos, retained: false), publisher);
            }
        }

        if (isFull)
        {
            _broker.Metrics.Dropped(DropReason.QueueFull);
            connection?.Close(CloseReason.TooSlow);
        }
        else if (connection is not null)
        {
            DrainBatch.Add(connection);
        }

        return !isFull;
    }

    private void Queue(in Delivery delivery, BrokerConnection? publisher)
    {
        if (_outbound.Count == 0)
        {
            _progressMs = _broker.NowMs;
        }

        _outbound.Add(delivery);
        if (_outbound.Count > _broker.Options.MaxQueuedMessages)
        {
            publisher?.WaitFor(this);
        }
    }

    private void OnProgress()
    {
        _progressMs = _broker.NowMs;
        if (_outbound.Count <= _broker.Options.MaxQueuedMessages / 2)
        {
            ReleaseWaiting();
        }
    }

    private void ReleaseWaiting()
    {
        if (_waiting is not null)
        {
            _waiting.ForEach(g => g.Open());
            _waiting = null;
        }
    }
}
