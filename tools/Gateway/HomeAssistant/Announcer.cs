using System.Reflection;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.HomeAssistant;

/// <summary>
/// Tells Home Assistant of each board that comes online, of what it has proven whenever it reports, and takes back what
/// was said of a board that is revoked.
/// </summary>
internal sealed class Announcer(
    HomeAssistantOptions options, MqttBroker broker, DeviceRegistry registry, GatewayClock clock)
{
    private static readonly string s_version =
        typeof(Announcer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion
            .Split('+')[0];

    /// <summary>A board's status has changed.</summary>
    public void OnStatus(string topic, ReadOnlyMemory<byte> payload)
    {
        if (payload.Span.SequenceEqual("online"u8) && Find(topic) is { } device)
        {
            Retain(Discovery.TopicOf(options.DiscoveryPrefix, device.Id), Discovery.ToJson(device.Id, s_version));
            Report(device);
        }
    }

    /// <summary>A board has said how it is: time to say what of that is proven.</summary>
    public void OnTelemetry(string topic, ReadOnlyMemory<byte> payload)
    {
        if (Find(topic) is { } device)
        {
            Report(device);
        }
    }

    /// <summary>Forgets a board: Home Assistant removes it.</summary>
    public void Withdraw(string device)
    {
        if (options.IsEnabled)
        {
            Retain(Discovery.TopicOf(options.DiscoveryPrefix, device), []);
            Retain(ProvenReport.TopicOf(device), []);
        }
    }

    private Device? Find(string topic) =>
        Topics.Parse(topic, out string id) == TopicKind.Unknown ? null : registry.Find(id);

    private void Report(Device device) =>
        Retain(ProvenReport.TopicOf(device.Id), ProvenReport.ToJson(DeviceReport.Of(device, clock.Now)));

    private void Retain(string topic, byte[] payload) =>
        broker.Publish(new TopicName(topic), payload, QualityOfService.AtLeastOnce, retain: true);
}
