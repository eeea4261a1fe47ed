using System.Globalization;
using System.Text;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// The broker's figures as retained messages below <c>$SYS/broker</c>, by the names mosquitto made customary. Who may
/// read them is the authority's decision.
/// </summary>
internal sealed class SysTopics(MqttBroker broker)
{
    private readonly (TopicName Topic, Func<long> Read)[] _figures =
    [
        (new("$SYS/broker/uptime"), () => broker.NowMs / 1_000),
        (new("$SYS/broker/clients/connected"), () => broker.Metrics.Connections),
        (new("$SYS/broker/clients/total"), () => broker.SessionCount),
        (new("$SYS/broker/clients/disconnected"), () => broker.DisconnectedSessionCount),
        (new("$SYS/broker/messages/received"), () => broker.Metrics.PacketsReceived),
        (new("$SYS/broker/publish/messages/received"), () => broker.Metrics.PublishesReceived),
        (new("$SYS/broker/publish/messages/sent"), () => broker.Metrics.PublishesSent),
        (new("$SYS/broker/publish/messages/dropped"), () => broker.Metrics.MessagesDropped),
        (new("$SYS/broker/retained messages/count"), () => broker.Router.Retained.Count),
        (new("$SYS/broker/subscriptions/count"), () => broker.Router.FilterCount),
        (new("$SYS/broker/store/messages/count"), () => broker.QueuedMessages),
    ];

    /// <summary>Publishes all figures as they are now.</summary>
    public void Publish()
    {
        foreach ((TopicName topic, Func<long> read) in _figures)
        {
            byte[] text = Encoding.UTF8.GetBytes(read().ToString(CultureInfo.InvariantCulture));
            broker.Publish(topic, text, QualityOfService.AtMostOnce, retain: true);
        }
    }
}
