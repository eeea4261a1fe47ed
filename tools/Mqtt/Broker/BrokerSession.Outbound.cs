using System.Buffers;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <content>Messages and answers on their way to the client.</content>
public sealed partial class BrokerSession
{
    private readonly OutboundQueue _outbound;
    private List<AsyncGate>? _waiting;
    private long _progressMs;
    private long _answersSinceMs;

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

    /// <summary>Enough has been taken by the client for its publishers to go on.</summary>
    private bool HasRoom => _outbound.Count <= _broker.Options.MaxQueuedMessages / 2
        && _outbound.Bytes <= _broker.Options.MaxQueuedBytes / 2;

    /// <summary>
    /// Sends a message to this client alone, if it has subscribed to the topic. Costs no look-up: what the gateway uses
    /// for verdicts. Around many calls make a <see cref="MqttBroker.Batch"/>.
    /// </summary>
    /// <param name="topic">The topic name; make it once a device.</param>
    /// <param name="payload">The octets; they must not change afterwards.</param>
    /// <param name="qos">The quality, lowered to what the client was granted.</param>
    /// <returns>False if the client has not subscribed, is gone, or reads too slowly: then it is dropped.</returns>
    public bool TryPublish(TopicName topic, ReadOnlyMemory<byte> payload, QualityOfService qos) =>
        TryGetGranted(topic.Text, out QualityOfService granted)
        && TryDeliver(new Message(topic, payload, qos), granted, null);

    bool ISubscriber.Deliver(Message message, QualityOfService granted, BrokerConnection? publisher) =>
        TryDeliver(message, granted, publisher) && IsStored && Lower(message.QoS, granted) > 0;

    /// <summary>Queues an answer to the client.</summary>
    /// <param name="packet">The answer.</param>
    /// <param name="only">Only if this is still the session's connection; null for whichever it has.</param>
    /// <param name="retained">Retained messages that follow it, behind everything else (§3.3.1.3).</param>
    internal void Answer(in ControlPacket packet, BrokerConnection? only, List<Delivery>? retained = null)
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
            retained?.ForEach(d => _outbound.AddBacklog(d, _broker.Options.MaxRetainedMessages));
        }

        DrainBatch.Add(connection);
    }

    /// <summary>Queues an answer when everything appended to the store is safe; at once without a store.</summary>
    internal void AnswerWhenStored(
        in ControlPacket packet, BrokerConnection connection, List<Delivery>? retained = null)
    {
        if (_store is null)
        {
            Answer(packet, connection, retained);
        }
        else
        {
            _store.Append(new(SessionChangeKind.Barrier), new StoredAnswer(this, packet, connection, retained));
        }
    }

    /// <summary>PUBACK, PUBREC or PUBCOMP from the client.</summary>
    internal void OnAcknowledged(PacketType type, ushort packetId, BrokerConnection connection)
    {
        lock (_outbound)
        {
            bool expected = type switch
            {
                PacketType.PubAck => _outbound.TryAcknowledge(packetId, out long number) && Store(type, number),
                PacketType.PubRec => _outbound.TryRelease(packetId, out long number) && Store(type, number),
                _ => _outbound.TryComplete(packetId, out long number) && Store(type, number),
            };
            if (expected)
            {
                OnProgress();
            }
        }

        if (type == PacketType.PubRec)
        {
            AnswerWhenStored(new ControlPacket(PacketType.PubRel, packetId), connection);
        }
        else
        {
            DrainBatch.Add(connection);
        }
    }

    /// <summary>Writes what waits; called by the connection that drains.</summary>
    /// <returns>False when nothing was left to write, and the connection no longer drains.</returns>
    internal bool Fill(BrokerConnection connection, IBufferWriter<byte> output, int budget, out int publishes)
    {
        publishes = 0;
        lock (_outbound)
        {
            if (_connection != connection)
            {
                return false;
            }

            int before = _outbound.Count;
            bool any = _outbound.Fill(output, budget, out publishes) > 0;
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

    /// <summary>Whether somebody writes to a connection of this session.</summary>
    internal bool IsDraining(BrokerConnection connection)
    {
        lock (_outbound)
        {
            return connection.IsDraining;
        }
    }

    /// <summary>Nobody writes to the connection any more.</summary>
    internal void EndDrain(BrokerConnection connection)
    {
        lock (_outbound)
        {
            connection.IsDraining = false;
        }
    }

    /// <summary>Whether a connection has to wait before it is read again; then the gate will be opened.</summary>
    internal bool MustWaitForRoom(AsyncGate gate)
    {
        lock (_outbound)
        {
            if (_connection is null || HasRoom)
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

    /// <summary>
    /// Whether more answers wait for the client than it may leave unread. Read without the lock, before each packet: an
    /// answer more or less does not matter.
    /// </summary>
    internal bool HasTooManyAnswers => _outbound.ControlCount > _broker.Options.MaxQueuedMessages;

    /// <summary>Whether others have waited for this client for longer than they should.</summary>
    internal bool IsStalled(long nowMs)
    {
        lock (_outbound)
        {
            long limitMs = (long)_broker.Options.StallTimeout.TotalMilliseconds;
            return (IsAbove(1) && nowMs - _progressMs > limitMs)
                || (_outbound.ControlCount > 0 && nowMs - _answersSinceMs > limitMs);
        }
    }

    private bool IsAbove(int times) => _outbound.Count >= times * _broker.Options.MaxQueuedMessages
        || _outbound.Bytes >= (long)times * _broker.Options.MaxQueuedBytes;

    private static QualityOfService Lower(QualityOfService a, QualityOfService b) => a < b ? a : b;

    private bool TryDeliver(Message message, QualityOfService granted, BrokerConnection? publisher)
    {
        QualityOfService qos = Lower(message.QoS, granted);
        BrokerConnection? connection;
        bool isFull;
        lock (_outbound)
        {
            connection = _connection;
            bool bestEffort = qos == QualityOfService.AtMostOnce;
            if (bestEffort && (connection is null || IsAbove(1)))
            {
                _broker.Metrics.Dropped(DropReason.BestEffort);
                return false;
            }

            isFull = IsAbove(connection is null ? 1 : 2);
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

        if (_store is not null && delivery.QoS != QualityOfService.AtMostOnce)
        {
            Message message = delivery.Message!;
            _store.Append(new(
                SessionChangeKind.Queued, ClientId, _outbound.Tail, message.Topic.Text, message.Payload, delivery.QoS));
        }

        _outbound.Add(delivery);
        if (delivery.QoS != QualityOfService.AtMostOnce && IsAbove(1))
        {
            publisher?.WaitFor(this);
        }
    }

    private bool Store(PacketType type, long number)
    {
        SessionChangeKind kind = type == PacketType.PubRec ? SessionChangeKind.Released : SessionChangeKind.Completed;
        _store?.Append(new(kind, ClientId, number));
        return true;
    }

    private void OnProgress()
    {
        _progressMs = _broker.NowMs;
        if (HasRoom)
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
