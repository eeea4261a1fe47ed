using System.Buffers;
using System.IO.Pipelines;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Entrance;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;

namespace MicroFirmware.Mqtt.Broker;

/// <content>The way in: packets are taken from the transport and acted on, in the order in which they came.</content>
internal sealed partial class BrokerConnection
{
    private const int RememberedTopics = 4;

    private InboundWindow? _window;
    private TopicEntry?[]? _topics;
    private int _nextTopic;
    private List<BrokerSession>? _waitingFor;
    private RateBudget? _budget;

    private InboundWindow Window =>
        _window ??= new InboundWindow(
            this, _session!, broker.Options.MaxInboundInFlight, broker.Options.MaxPacketSizeBytes);

    /// <summary>Reading goes on only when that client has room again.</summary>
    public void WaitFor(BrokerSession session)
    {
        _waitingFor ??= [];
        if (!_waitingFor.Contains(session))
        {
            _waitingFor.Add(session);
        }
    }

    private async ValueTask<ConnectPacket?> ReadConnectAsync()
    {
        while (true)
        {
            ReadResult result = await _input.ReadAsync();
            ParseStatus status = TryTakeConnect(result.Buffer, out ConnectPacket? connect, out ProtocolError error);
            if (status == ParseStatus.Done)
            {
                return connect;
            }

            if (status == ParseStatus.Invalid)
            {
                Fail(error);
            }

            if (status == ParseStatus.Invalid || result.IsCompleted || IsClosed)
            {
                return null;
            }
        }
    }

    private ParseStatus TryTakeConnect(
        in ReadOnlySequence<byte> buffer, out ConnectPacket? connect, out ProtocolError error)
    {
        using var cursor = new PacketCursor(buffer, broker.Options.MaxConnectSizeBytes);
        connect = null;
        ParseStatus status = cursor.TryRead(out PacketFrame frame);
        error = cursor.Error;
        if (!buffer.IsEmpty && buffer.FirstSpan[0] >> 4 != (int)PacketType.Connect)
        {
            status = ParseStatus.Invalid;
            error = ProtocolError.ConnectExpected;
        }
        else if (status == ParseStatus.Done && !PacketDecoder.TryReadConnect(frame.Body, out connect, out error))
        {
            status = ParseStatus.Invalid;
        }

        _input.AdvanceTo(cursor.Consumed, status == ParseStatus.Done ? cursor.Consumed : buffer.End);
        return status;
    }

    private async Task ReadPacketsAsync()
    {
        int perSecond = broker.Options.MaxPacketsPerSecond;
        _budget = perSecond > 0 ? new RateBudget(perSecond, perSecond, broker.NowMs) : null;
        while (!IsClosed)
        {
            ReadResult result = await _input.ReadAsync();
            ParseStatus status = TakePackets(result.Buffer);
            if (result.IsCompleted && status == ParseStatus.NeedMore)
            {
                return;
            }

            while (MustWait())
            {
                Volatile.Write(ref _isHeldUp, true);
                await Gate.WaitAsync();
                Volatile.Write(ref _lastPacketMs, broker.NowMs);
                Volatile.Write(ref _isHeldUp, false);
            }
        }
    }

    /// <summary>Acts on every whole packet in the buffer, as far as the client may be read from.</summary>
    private ParseStatus TakePackets(in ReadOnlySequence<byte> buffer)
    {
        using var cursor = new PacketCursor(buffer, broker.Options.MaxPacketSizeBytes);
        var status = ParseStatus.Done;
        int packets = 0, publishes = 0;
        DrainBatch.Begin();
        try
        {
            while (!IsClosed && !IsHeldUp && (status = cursor.TryRead(out PacketFrame frame)) == ParseStatus.Done)
            {
                packets++;
                publishes += frame.Type == PacketType.Publish ? 1 : 0;
                if (!TryAct(frame, out ProtocolError error))
                {
                    Fail(error);
                }
            }
        }
        finally
        {
            DrainBatch.End();
        }

        if (status == ParseStatus.Invalid)
        {
            Fail(cursor.Error);
        }

        Note(packets, publishes, status == ParseStatus.NeedMore && !cursor.AtEnd);
        _input.AdvanceTo(cursor.Consumed, status == ParseStatus.Done ? cursor.Consumed : buffer.End);
        return status;
    }

    private void Note(int packets, int publishes, bool isPartial)
    {
        broker.Metrics.Received(packets, publishes);
        long nowMs = broker.NowMs;
        if (packets > 0)
        {
            Volatile.Write(ref _lastPacketMs, nowMs);
        }

        if (!isPartial || packets > 0 || _partialSinceMs == 0)
        {
            Volatile.Write(ref _partialSinceMs, isPartial ? Math.Max(1, nowMs) : 0);
        }
    }

    /// <summary>What can hold reading up; cheap, asked before each packet.</summary>
    private bool IsHeldUp =>
        _waitingFor is { Count: > 0 } || _window is { IsFull: true } || _budget is { IsSpent: true }
        || _session!.HasTooManyAnswers;

    /// <summary>Whether reading has to wait; if so, the gate will be opened.</summary>
    private bool MustWait()
    {
        if (!IsHeldUp)
        {
            return false;
        }

        // Only now the gate exists for sure: what changed before that is seen here, what changes later opens it.
        AsyncGate gate = Gate;
        _budget?.Fill(broker.NowMs);
        _waitingFor?.RemoveAll(s => !s.MustWaitForRoom(gate));
        return !IsClosed && IsHeldUp;
    }

    private void Fail(ProtocolError error)
    {
        broker.Log.Malformed(_session?.ClientId, RemoteEndPoint, error);
        Close(CloseReason.ProtocolError);
    }

    private bool TryAct(in PacketFrame frame, out ProtocolError error)
    {
        if (frame.Type is PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp)
        {
            return TryAcknowledge(frame, out error);
        }

        _budget?.Take();
        switch (frame.Type)
        {
            case PacketType.Publish:
                return TryPublish(frame, out error);
            case PacketType.Subscribe:
                return TrySubscribe(frame, out error);
            case PacketType.Unsubscribe:
                return TryUnsubscribe(frame, out error);
            case PacketType.PingReq:
                _session!.Answer(new ControlPacket(PacketType.PingResp), this);
                return PacketDecoder.TryReadEmpty(frame.Body, out error);
            case PacketType.Disconnect:
                return TryDisconnect(frame, out error);
            default:
                error = frame.Type == PacketType.Connect
                    ? ProtocolError.SecondConnect
                    : ProtocolError.UnexpectedPacket;
                return false;
        }
    }

    private bool TryDisconnect(in PacketFrame frame, out ProtocolError error)
    {
        if (!PacketDecoder.TryReadEmpty(frame.Body, out error))
        {
            return false;
        }

        Close(CloseReason.Disconnected);
        return true;
    }

    private bool TryAcknowledge(in PacketFrame frame, out ProtocolError error)
    {
        if (!PacketDecoder.TryReadAck(frame.Body, out ushort packetId, out error))
        {
            return false;
        }

        if (frame.Type == PacketType.PubRel)
        {
            _session!.OnReleased(packetId, this);
        }
        else
        {
            _session!.OnAcknowledged(frame.Type, packetId, this);
        }

        return true;
    }

    private bool TrySubscribe(in PacketFrame frame, out ProtocolError error)
    {
        if (!PacketDecoder.TryReadSubscribe(
            frame.Body, broker.Options.MaxSubscriptions, out SubscribePacket packet, out error))
        {
            return false;
        }

        broker.Subscribe(_session!, packet, this);
        return true;
    }

    private bool TryUnsubscribe(in PacketFrame frame, out ProtocolError error)
    {
        if (!PacketDecoder.TryReadUnsubscribe(
            frame.Body, broker.Options.MaxSubscriptions, out UnsubscribePacket packet, out error))
        {
            return false;
        }

        foreach (string filter in packet.Filters)
        {
            _session!.Unsubscribe(filter);
        }

        _session!.AnswerWhenStored(new ControlPacket(PacketType.UnsubAck, packet.PacketId), this);
        return true;
    }

    private bool TryPublish(in PacketFrame frame, out ProtocolError error)
    {
        if (!PacketDecoder.TryReadPublish(frame.Flags, frame.Body, out PublishPacket packet, out error)
            || (error = broker.Options.CheckTopic(packet.Topic)) != ProtocolError.None)
        {
            return false;
        }

        TopicEntry entry = Resolve(packet.Topic);
        if (!entry.IsAllowed)
        {
            broker.Log.Forbidden(_session!.ClientId, entry.Name.Text);
            Close(CloseReason.NotAuthorized);
        }
        else if (packet.QoS != QualityOfService.ExactlyOnce || IsNew(packet, out error))
        {
            Take(entry, packet);
        }

        return error == ProtocolError.None;
    }

    /// <summary>Whether a QoS 2 message comes for the first time; otherwise it is answered here, or will be.</summary>
    private bool IsNew(in PublishPacket packet, out ProtocolError error)
    {
        error = _session!.HasTooManyUnreleased ? ProtocolError.TooManyUnreleased : ProtocolError.None;
        if (error != ProtocolError.None)
        {
            return false;
        }

        InboundState state = _session.BeginReceive(packet.PacketId);
        if (state == InboundState.Done)
        {
            _session.Answer(new ControlPacket(PacketType.PubRec, packet.PacketId), this);
        }

        return state == InboundState.Free;
    }

    private void Take(TopicEntry entry, in PublishPacket packet)
    {
        if (entry.Handler is not null)
        {
            Hand(entry.Handler, Window.Add(entry.Name.Text, packet, withPayload: true));
            return;
        }

        var message = new Message(entry.Name, packet.Payload.ToArray(), packet.QoS);
        bool isStored = broker.Router.Publish(message, packet.Retain, this);
        if (packet.QoS == QualityOfService.AtMostOnce)
        {
            return;
        }

        if (isStored || _window is { IsEmpty: false }
            || (packet.QoS == QualityOfService.ExactlyOnce && _session!.IsStored))
        {
            AcknowledgeInTurn(entry, packet, isStored);
            return;
        }

        _session!.EndReceive(packet.QoS, packet.PacketId, succeeded: true);
        PacketType type = packet.QoS == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec;
        _session.Answer(new ControlPacket(type, packet.PacketId), this);
    }

    /// <summary>Acknowledges behind those before it that still wait, and when what was stored is safe.</summary>
    private void AcknowledgeInTurn(TopicEntry entry, in PublishPacket packet, bool isStored)
    {
        InboundPublish publish = Window.Add(entry.Name.Text, packet, withPayload: false);
        if (isStored)
        {
            broker.Store!.Append(new(SessionChangeKind.Barrier), publish);
        }
        else
        {
            publish.Acknowledge();
        }
    }

    private void Hand(IPublishHandler handler, InboundPublish publish)
    {
        try
        {
            handler.Handle(publish);
        }
        catch (Exception e)
        {
            broker.Log.HandlerFailed(_session!.ClientId, publish.Topic, e);
            if (publish.State == InboundState.Busy)
            {
                publish.Fail();
            }
        }
    }

    private TopicEntry Resolve(ReadOnlySpan<byte> topic)
    {
        _topics ??= new TopicEntry?[RememberedTopics];
        foreach (TopicEntry? known in _topics)
        {
            if (known is not null && known.Name.Utf8.SequenceEqual(topic))
            {
                return known;
            }
        }

        TopicEntry entry = broker.Resolve(_session!, topic);
        _topics[_nextTopic] = entry;
        _nextTopic = (_nextTopic + 1) % RememberedTopics;
        return entry;
    }
}
