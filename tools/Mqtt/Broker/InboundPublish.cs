using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// A client's message that an <see cref="IPublishHandler"/> works on. PUBACK (QoS 1) or PUBREC (QoS 2) leaves after
/// <see cref="Acknowledge"/>, in the order in which the client sent its messages (MQTT 3.1.1 §4.6). The object is used
/// again afterwards: keep nothing of it.
/// </summary>
public sealed class InboundPublish : IStoreWaiter
{
    private readonly InboundWindow _window;
    private byte[] _buffer = [];

    internal InboundPublish(InboundWindow window, BrokerSession session)
    {
        _window = window;
        Session = session;
    }

    /// <summary>Who sent it.</summary>
    public BrokerSession Session { get; }

    /// <summary>The topic name.</summary>
    public string Topic { get; private set; } = "";

    /// <summary>The application's octets; valid until the message is acknowledged or failed.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>The quality it was published with.</summary>
    public QualityOfService QoS { get; private set; }

    /// <summary>The client asks for it to be retained.</summary>
    public bool Retain { get; private set; }

    /// <summary>The client says that it sends this again.</summary>
    public bool Duplicate { get; private set; }

    internal ushort PacketId { get; private set; }

    internal InboundState State { get; set; }

    /// <summary>The message is safe: the client gets its acknowledgement.</summary>
    /// <exception cref="InvalidOperationException">It was acknowledged or failed before.</exception>
    public void Acknowledge() => _window.Complete(this, succeeded: true);

    /// <summary>
    /// The message could not be taken: it is not acknowledged, and the connection is closed so that the client sends it
    /// again.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was acknowledged or failed before.</exception>
    public void Fail() => _window.Complete(this, succeeded: false);

    void IStoreWaiter.OnStored() => _window.Complete(this, succeeded: true);

    internal void Fill(string topic, in PublishPacket packet, bool withPayload)
    {
        Topic = topic;
        QoS = packet.QoS;
        Retain = packet.Retain;
        Duplicate = packet.Duplicate;
        PacketId = packet.PacketId;
        State = InboundState.Busy;
        Payload = default;
        if (withPayload)
        {
            if (_buffer.Length < packet.Payload.Length)
            {
                _buffer = new byte[packet.Payload.Length];
            }

            packet.Payload.CopyTo(_buffer);
            Payload = _buffer.AsMemory(0, packet.Payload.Length);
        }
    }

    /// <summary>Large buffers are not kept for a next message that is probably small.</summary>
    internal void Forget()
    {
        const int keptOctets = 512;
        Payload = default;
        State = InboundState.Free;
        if (_buffer.Length > keptOctets)
        {
            _buffer = [];
        }
    }
}
