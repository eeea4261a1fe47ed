using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>The messages of one connection that are not acknowledged yet, in the order in which they came.</summary>
internal sealed class InboundWindow(
    BrokerConnection connection, BrokerSession session, int limit, int limitBytes)
{
    private readonly Lock _sync = new();
    private Ring<InboundPublish> _pending;
    private Ring<InboundPublish> _free;
    private int _pendingCount;
    private int _pendingBytes;

    /// <summary>True when the client must not be read from until something is acknowledged.</summary>
    public bool IsFull =>
        Volatile.Read(ref _pendingCount) >= limit || Volatile.Read(ref _pendingBytes) >= limitBytes;

    /// <summary>True when nothing waits, so that an acknowledgement may leave at once.</summary>
    public bool IsEmpty => Volatile.Read(ref _pendingCount) == 0;

    /// <summary>Puts a message at the end of the row.</summary>
    public InboundPublish Add(string topic, in PublishPacket packet, bool withPayload)
    {
        lock (_sync)
        {
            InboundPublish publish = _free.Count > 0 ? _free.Pop() : new InboundPublish(this, session);
            publish.Fill(topic, packet, withPayload);
            _pending.Push(publish);
            _pendingCount = _pending.Count;
            _pendingBytes += publish.Payload.Length;
            return publish;
        }
    }

    /// <summary>Ends the work on a message; sends the acknowledgements that are due now.</summary>
    public void Complete(InboundPublish publish, bool succeeded)
    {
        DrainBatch.Begin();
        try
        {
            bool wasFull;
            lock (_sync)
            {
                if (publish.State is not (InboundState.Busy or InboundState.Storing))
                {
                    throw new InvalidOperationException("This message was acknowledged or failed before.");
                }

                if (MustStore(publish, succeeded))
                {
                    return;
                }

                wasFull = IsFull;
                publish.State = succeeded ? InboundState.Done : InboundState.Failed;
                session.EndReceive(publish.QoS, publish.PacketId, succeeded);
                while (_pending.Count > 0 && _pending[0].State == InboundState.Done)
                {
                    InboundPublish done = _pending.Pop();
                    _pendingBytes -= done.Payload.Length;
                    Answer(done);
                    done.Forget();
                    _free.Push(done);
                }

                _pendingCount = _pending.Count;
            }

            if (!succeeded)
            {
                connection.Close(CloseReason.HandlerFailed);
            }
            else if (wasFull)
            {
                connection.Gate.Open();
            }
        }
        finally
        {
            DrainBatch.End();
        }
    }

    private bool MustStore(InboundPublish publish, bool succeeded)
    {
        if (!succeeded || publish.QoS != QualityOfService.ExactlyOnce || !session.IsStored
            || publish.State == InboundState.Storing)
        {
            return false;
        }

        publish.State = InboundState.Storing;
        session.StoreReceived(publish.PacketId, publish);
        return true;
    }

    private void Answer(InboundPublish done)
    {
        if (done.QoS == QualityOfService.AtLeastOnce)
        {
            session.Answer(new ControlPacket(PacketType.PubAck, done.PacketId), connection);
        }
        else if (done.QoS == QualityOfService.ExactlyOnce)
        {
            // A client that came back meanwhile has sent this again, and waits for this very answer.
            session.Answer(new ControlPacket(PacketType.PubRec, done.PacketId), null);
        }
    }
}
