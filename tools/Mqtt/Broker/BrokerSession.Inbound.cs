using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;

namespace MicroFirmware.Mqtt.Broker;

/// <content>QoS 2 messages from the client: which were taken and not released yet (MQTT 3.1.1 §4.3.3).</content>
public sealed partial class BrokerSession
{
    private Dictionary<ushort, bool>? _received;

    /// <summary>The client releases nothing, and sends on.</summary>
    internal bool HasTooManyUnreleased
    {
        get
        {
            lock (_outbound)
            {
                return _received?.Count > _broker.Options.MaxQueuedMessages;
            }
        }
    }

    /// <summary>A QoS 2 message begins to arrive.</summary>
    /// <returns>Free if it is new, Done if it has arrived before, Busy while it is being worked on.</returns>
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

    /// <summary>Keeps in the store that a QoS 2 message was taken.</summary>
    internal void StoreReceived(ushort packetId, IStoreWaiter waiter) =>
        _store!.Append(new(SessionChangeKind.Received, ClientId, packetId), waiter);

    /// <summary>The work on a message has ended; a QoS 2 message that was taken is not taken again.</summary>
    internal void EndReceive(QualityOfService qos, ushort packetId, bool succeeded)
    {
        if (qos != QualityOfService.ExactlyOnce)
        {
            return;
        }

        lock (_outbound)
        {
            // A client that released it before it was acknowledged has ended the exchange already.
            if (_received!.Remove(packetId) && succeeded)
            {
                _received.Add(packetId, true);
            }
        }
    }

    /// <summary>PUBREL: the packet id may be used for a new message; PUBCOMP says so.</summary>
    internal void OnReleased(ushort packetId, BrokerConnection connection)
    {
        bool known;
        lock (_outbound)
        {
            known = _received?.Remove(packetId) is true;
        }

        var answer = new ControlPacket(PacketType.PubComp, packetId);
        if (known && _store is not null)
        {
            // Were the id still kept after a restart, the next message with it would be taken for a repetition.
            _store.Append(
                new(SessionChangeKind.Forgotten, ClientId, packetId), new StoredAnswer(this, answer, connection));
        }
        else
        {
            Answer(answer, connection);
        }
    }
}
