using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Client;

/// <summary>Something the client sent with a packet id, and what comes back: SUBACK's code, or 0.</summary>
internal sealed class PendingAnswer(ushort packetId, QualityOfService qos)
    : TaskCompletionSource<byte>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public ushort PacketId { get; } = packetId;

    public QualityOfService QoS { get; } = qos;
}
