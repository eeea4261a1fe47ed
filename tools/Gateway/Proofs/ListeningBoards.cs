using MicroFirmware.Gateway.Devices;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>Boards that are connected and have subscribed to proofs; firmware that does not know them is not among
/// them. The desk guards it.</summary>
internal sealed class ListeningBoards(DeviceRegistry registry, MqttBroker broker, TimeProvider time)
{
    // Who came or left within it is noticed when the task is sent.
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(1);

    private IReadOnlyList<Device> _boards = [];
    private long? _readAt;

    /// <summary>All of them, as of a second ago at most.</summary>
    public IReadOnlyList<Device> All()
    {
        if (_readAt is not { } readAt || time.GetElapsedTime(readAt) >= s_freshness)
        {
            _boards = [.. registry.All().Where(device => !device.IsRevoked && SessionOf(device) is not null)];
            _readAt = time.GetTimestamp();
        }

        return _boards;
    }

    /// <summary>Sends a task.</summary>
    /// <returns>False where the board is not there any more.</returns>
    public bool Send(Device device, byte[] task) => !device.IsRevoked && SessionOf(device) is { } session
        && session.TryPublish(new TopicName(Topics.Proof(device.Id)), task, QualityOfService.AtLeastOnce);

    private BrokerSession? SessionOf(Device device) =>
        broker.FindSession(device.Id) is { IsConnected: true } session
        && session.HasSubscribed(Topics.Proof(device.Id)) ? session : null;
}
