using MicroFirmware.Mqtt.Storage;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>An answer that leaves when what it says is safe.</summary>
internal sealed class StoredAnswer(
    BrokerSession session, ControlPacket packet, BrokerConnection connection, List<Delivery>? retained = null)
    : IStoreWaiter
{
    public void OnStored() => session.Answer(packet, connection, retained);
}
