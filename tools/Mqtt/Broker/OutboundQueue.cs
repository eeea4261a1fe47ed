using System.Buffers;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// What waits to be sent to one client, and what was sent and waits for its acknowledgement. Its user holds a lock.
/// </summary>
/// <remarks>
/// Messages with QoS 1 and 2 are numbered in the order they come; a message's packet id is its number modulo 65,535,
/// plus one. So an acknowledgement finds its message by arithmetic, and a message has the same packet id after a
/// reconnect and after a restart of the broker, as MQTT 3.1.1 §4.4 asks.
/// </remarks>
internal sealed class OutboundQueue(int window)
{
    private const int PacketIds = 65_535;
    private const int PubAckLength = 4;

    private Ring<ControlPacket> _control;
    private Ring<Delivery> _reliable;
    private Ring<Delivery> _fast;
    private Ring<Delivery> _backlog;
    private long _head;
    private int _handled;

    /// <summary>The number that the next message gets.</summary>
    public long Tail => _head + _reliable.Count;

    /// <summary>Messages below this number have been sent at least once.</summary>
    public long SentBelow { get; private set; }

    /// <summary>Messages that wait or are not acknowledged; those of a retained backlog are not counted.</summary>
    public int Count => _reliable.Count + _fast.Count;

    /// <summary>The octets of their topics and payloads.</summary>
    public long Bytes { get; private set; }

    /// <summary>Answers that wait.</summary>
    public int ControlCount => _control.Count;

    /// <summary>Takes over what the store kept; gaps are messages that were done before older ones.</summary>
    public void Restore(StoredSession stored)
    {
        _head = stored.Messages.Count > 0 ? stored.Messages[0].Number : 0;
        SentBelow = stored.SentBelow ?? _head + window;
        foreach (StoredMessage kept in stored.Messages)
        {
            while (Tail < kept.Number)
            {
                _reliable.Push(new Delivery { Done = true });
            }

            var message = new Message(new TopicName(kept.Topic), kept.Payload, kept.QoS);
            Bytes += message.Size;
            _reliable.Push(new Delivery(message, kept.QoS, retained: false)
            {
                Sent = kept.Number < SentBelow,
                Released = kept.IsReleased,
            });
        }
    }

    public void Add(in ControlPacket packet) => _control.Push(packet);

    /// <summary>Adds a message; one with QoS 1 or 2 gets the number <see cref="Tail"/> had before.</summary>
    public void Add(in Delivery delivery)
    {
        Bytes += delivery.Message!.Size;
        if (delivery.QoS == QualityOfService.AtMostOnce)
        {
            _fast.Push(delivery);
        }
        else
        {
            _reliable.Push(delivery);
        }
    }

    /// <summary>Adds a retained message: it is sent when nothing else waits, and takes no place before that.</summary>
    public void AddBacklog(in Delivery delivery, int limit)
    {
        if (_backlog.Count < limit)
        {
            _backlog.Push(delivery);
        }
    }

    /// <summary>The connection is gone: answers and QoS 0 are dropped, the others will be sent again.</summary>
    public void Disconnect()
    {
        while (_fast.Count > 0)
        {
            Bytes -= _fast.Pop().Message!.Size;
        }

        _control.Clear();
        _fast.Clear();
        _backlog.Clear();
        _handled = 0;
    }

    /// <summary>Writes what may be written now, about <paramref name="budget"/> octets.</summary>
    /// <returns>Octets written; 0 when there is nothing to write.</returns>
    public int Fill(IBufferWriter<byte> output, int budget, out int publishes)
    {
        int written = 0;
        publishes = 0;
        while (_control.Count > 0 && written < budget)
        {
            written += WriteControl(output, _control.Pop());
        }

        while (_backlog.Count > 0 && Count < window)
        {
            Add(_backlog.Pop());
        }

        while (_handled < Math.Min(_reliable.Count, window) && written < budget)
        {
            written += WriteReliable(output, _handled);
            _handled++;
            publishes++;
        }

        SentBelow = Math.Max(SentBelow, _head + _handled);

        while (_fast.Count > 0 && written < budget)
        {
            Delivery delivery = _fast.Pop();
            Bytes -= delivery.Message!.Size;
            written += WritePublish(output, delivery, 0);
            publishes++;
        }

        return written;
    }

    /// <summary>PUBACK: a QoS 1 message is done. Anything unexpected is ignored.</summary>
    /// <returns>True if it was expected.</returns>
    public bool TryAcknowledge(ushort packetId, out long number)
    {
        int place = PlaceOf(packetId);
        number = _head + place;
        if (place < 0 || _reliable[place].QoS != QualityOfService.AtLeastOnce || _reliable[place].Done)
        {
            return false;
        }

        Finish(place);
        return true;
    }

    /// <summary>PUBREC: a QoS 2 message has arrived; from now on PUBREL is repeated instead of it.</summary>
    /// <returns>True if it was expected the first time.</returns>
    public bool TryRelease(ushort packetId, out long number)
    {
        int place = PlaceOf(packetId);
        number = _head + place;
        if (place < 0 || _reliable[place].QoS != QualityOfService.ExactlyOnce || _reliable[place].Done
            || _reliable[place].Released)
        {
            return false;
        }

        _reliable[place].Released = true;
        DropMessage(place);
        return true;
    }

    /// <summary>PUBCOMP: a QoS 2 message is done.</summary>
    /// <returns>True if it was expected.</returns>
    public bool TryComplete(ushort packetId, out long number)
    {
        int place = PlaceOf(packetId);
        number = _head + place;
        if (place < 0 || !_reliable[place].Released || _reliable[place].Done)
        {
            return false;
        }

        Finish(place);
        return true;
    }

    private static int WriteControl(IBufferWriter<byte> output, in ControlPacket packet)
    {
        switch (packet.Type)
        {
            case PacketType.SubAck:
                PacketEncoder.Write(output, new SubAckPacket(packet.PacketId, packet.ReturnCodes!));
                return PubAckLength + packet.ReturnCodes!.Length;
            case PacketType.PingResp:
                PacketEncoder.WriteEmpty(output, packet.Type);
                return PubAckLength;
            default:
                PacketEncoder.WriteAck(output, packet.Type, packet.PacketId);
                return PubAckLength;
        }
    }

    private static int WritePublish(IBufferWriter<byte> output, in Delivery delivery, ushort packetId)
    {
        Message message = delivery.Message!;
        PacketEncoder.Write(output, new PublishPacket
        {
            Topic = message.Topic.Utf8,
            Payload = message.Payload.Span,
            QoS = delivery.QoS,
            PacketId = packetId,
            Retain = delivery.Retained,
            Duplicate = delivery.Sent,
        });
        return PacketEncoder.PublishLength(message.Topic.Utf8.Length, message.Payload.Length, delivery.QoS);
    }

    private ushort IdOf(int place) => (ushort)(((_head + place) % PacketIds) + 1);

    private int PlaceOf(ushort packetId)
    {
        int first = (int)(_head % PacketIds);
        int place = (packetId - 1 - first + PacketIds) % PacketIds;
        return packetId != 0 && place < _handled ? place : -1;
    }

    private int WriteReliable(IBufferWriter<byte> output, int place)
    {
        ref Delivery delivery = ref _reliable[place];
        if (delivery.Done)
        {
            return 0;
        }

        if (delivery.Released)
        {
            PacketEncoder.WriteAck(output, PacketType.PubRel, IdOf(place));
            return PubAckLength;
        }

        int written = WritePublish(output, delivery, IdOf(place));
        delivery.Sent = true;
        return written;
    }

    private void DropMessage(int place)
    {
        Bytes -= _reliable[place].Message?.Size ?? 0;
        _reliable[place].Message = null;
    }

    private void Finish(int place)
    {
        _reliable[place].Done = true;
        DropMessage(place);
        while (_reliable.Count > 0 && _reliable[0].Done)
        {
            _reliable.Pop();
            _head++;
            _handled = Math.Max(0, _handled - 1);
        }
    }
}
