using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Client;

/// <content>What comes back: answers to what was sent, and messages.</content>
public sealed partial class MqttClient
{
    private readonly Dictionary<ushort, PendingAnswer> _pending = [];
    private readonly HashSet<ushort> _received = [];
    private readonly ArrayBufferWriter<byte> _answers = new();
    private byte[] _lastTopicUtf8 = [];
    private string _lastTopic = "";
    private ushort _lastPacketId;
    private Exception? _reason;

    private PendingAnswer AddPending(QualityOfService qos)
    {
        lock (_pending)
        {
            if (_ended.IsCancellationRequested)
            {
                throw new MqttException("The connection has ended.");
            }

            if (_pending.Count == ushort.MaxValue)
            {
                throw new InvalidOperationException("65535 packets wait for their answer; wait for some of them.");
            }

            do
            {
                _lastPacketId = _lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketId + 1);
            }
            while (_pending.ContainsKey(_lastPacketId));
            var pending = new PendingAnswer(_lastPacketId, qos);
            _pending.Add(_lastPacketId, pending);
            return pending;
        }
    }

    private async Task ReadAsync()
    {
        // The caller goes on; what comes is handled behind him.
        await Task.Yield();
        try
        {
            while (true)
            {
                ReadResult result = await _input.ReadAsync(_ended.Token);
                ParseStatus status = TakePackets(result.Buffer);
                if (_answers.WrittenCount > 0)
                {
                    await WriteAsync(FlushAnswers, _ended.Token);
                }

                if (status == ParseStatus.Invalid || result.IsCompleted)
                {
                    throw new MqttException(status == ParseStatus.Invalid
                        ? "The broker sent something that is not MQTT 3.1.1."
                        : "The broker closed the connection.");
                }
            }
        }
        catch (Exception e)
        {
            End(_isLeaving ? null : e as MqttException ?? new MqttException("The connection has ended.", e));
        }
        finally
        {
            await CloseAsync();
        }

        if (_reason is not null)
        {
            throw _reason;
        }
    }

    private void FlushAnswers(PipeWriter output)
    {
        output.Write(_answers.WrittenSpan);
        _answers.ResetWrittenCount();
    }

    private ParseStatus TakePackets(in ReadOnlySequence<byte> buffer)
    {
        using var cursor = new PacketCursor(buffer, _options.MaxPacketSizeBytes);
        ParseStatus status;
        while ((status = cursor.TryRead(out PacketFrame frame)) == ParseStatus.Done)
        {
            _pongMissing = false;
            if (!TryAct(frame))
            {
                return ParseStatus.Invalid;
            }
        }

        _input.AdvanceTo(cursor.Consumed, buffer.End);
        return status;
    }

    private bool TryAct(in PacketFrame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Publish:
                return TryReceive(frame);
            case PacketType.PubAck or PacketType.PubComp or PacketType.UnsubAck:
                return PacketDecoder.TryReadAck(frame.Body, out ushort id, out _) && Answered(id, 0);
            case PacketType.SubAck:
                return PacketDecoder.TryReadSubAck(frame.Body, out SubAckPacket answer, out _)
                    && Answered(answer.PacketId, answer.ReturnCodes[0]);
            case PacketType.PubRec:
                return TryAnswer(frame, PacketType.PubRel);
            case PacketType.PubRel:
                return TryAnswer(frame, PacketType.PubComp);
            default:
                return frame.Type == PacketType.PingResp;
        }
    }

    private bool TryAnswer(in PacketFrame frame, PacketType answer)
    {
        if (!PacketDecoder.TryReadAck(frame.Body, out ushort id, out _))
        {
            return false;
        }

        if (answer == PacketType.PubComp)
        {
            _received.Remove(id);
        }

        PacketEncoder.WriteAck(_answers, answer, id);
        return true;
    }

    private bool Answered(ushort packetId, byte code)
    {
        lock (_pending)
        {
            if (_pending.Remove(packetId, out PendingAnswer? pending))
            {
                pending.TrySetResult(code);
            }
        }

        return true;
    }

    private bool TryReceive(in PacketFrame frame)
    {
        if (!PacketDecoder.TryReadPublish(frame.Flags, frame.Body, out PublishPacket packet, out _))
        {
            return false;
        }

        if (packet.QoS != QualityOfService.ExactlyOnce || _received.Add(packet.PacketId))
        {
            _options.OnMessage?.Invoke(new ReceivedMessage(TopicOf(packet), packet));
        }

        if (packet.QoS != QualityOfService.AtMostOnce)
        {
            PacketType type = packet.QoS == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec;
            PacketEncoder.WriteAck(_answers, type, packet.PacketId);
        }

        return true;
    }

    private string TopicOf(in PublishPacket packet)
    {
        if (!packet.Topic.SequenceEqual(_lastTopicUtf8))
        {
            _lastTopicUtf8 = packet.Topic.ToArray();
            _lastTopic = Encoding.UTF8.GetString(packet.Topic);
        }

        return _lastTopic;
    }

    private void End(Exception? reason)
    {
        if (Interlocked.Exchange(ref _isEnding, 1) == 0)
        {
            _reason = reason;
            _ended.Cancel();
        }
    }

    private async Task CloseAsync()
    {
        _pings?.Dispose();
        await _stream.DisposeAsync();
        await _input.CompleteAsync();
        lock (_pending)
        {
            foreach (PendingAnswer pending in _pending.Values)
            {
                pending.TrySetException(new MqttException("The connection has ended.", _reason));
                _ = pending.Task.Exception;
            }

            _pending.Clear();
        }
    }
}
