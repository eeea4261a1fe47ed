using System.Reflection;
using MicroFirmware.Gateway.Broker;
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
    Live<HomeAssistantOptions> options, MqttBroker broker, DeviceRegistry registry, GatewayClock clock)
{
    private readonly Lock _lock = new();
    private HomeAssistantOptions _told = options.Now;

    private static readonly string s_version =
        typeof(Announcer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion
            .Split('+')[0];

    /// <summary>Begins to listen to boards.</summary>
    public void Start()
    {
        broker.Subscribe(BoardReports.StatusFilter, OnStatus);
        broker.Subscribe(BoardReports.TelemetryFilter, OnTelemetry);
        options.Changed += MoveTo;
    }

    /// <summary>Forgets a board: Home Assistant removes it.</summary>
    public void Withdraw(string device)
    {
        HomeAssistantOptions now = options.Now;
        if (now.IsEnabled)
        {
            Retain(Discovery.TopicOf(now.DiscoveryPrefix, device), []);
            Retain(ProvenReport.TopicOf(device), []);
        }
    }

    /// <summary>A board's status has changed.</summary>
    private void OnStatus(string topic, ReadOnlyMemory<byte> payload)
    {
        if (options.Now.IsEnabled && payload.Span.SequenceEqual("online"u8) && Find(topic) is { } device)
        {
            Announce(device, options.Now);
        }
    }

    /// <summary>A board has said how it is: time to say what of that is proven.</summary>
    private void OnTelemetry(string topic, ReadOnlyMemory<byte> payload)
    {
        if (options.Now.IsEnabled && Find(topic) is { } device)
        {
            Report(device);
        }
    }

    /// <summary>Takes back what was said under the old prefix, says it under the new one, and shuts out who came in
    /// with the old password: who has the new one comes back by itself.</summary>
    private void MoveTo(HomeAssistantOptions next)
    {
        lock (_lock)
        {
            foreach (Device device in registry.All())
            {
                if (_told.IsEnabled && (!next.IsEnabled || next.DiscoveryPrefix != _told.DiscoveryPrefix))
                {
                    Retain(Discovery.TopicOf(_told.DiscoveryPrefix, device.Id), []);
                }

                if (next.IsEnabled && device.Activity is { IsOnline: true })
                {
                    Announce(device, next);
                }
            }

            _told = next;
        }

        foreach (BrokerSession session in broker.Sessions.Where(session => session.Identity is HomeAssistantLink))
        {
            session.Disconnect();
        }
    }

    private void Announce(Device device, HomeAssistantOptions at)
    {
        Retain(Discovery.TopicOf(at.DiscoveryPrefix, device.Id), Discovery.ToJson(device.Id, s_version));
        Report(device);
    }

    private Device? Find(string topic) =>
        Topics.Parse(topic, out string id) == TopicKind.Unknown ? null : registry.Find(id);

    private void Report(Device device) =>
        Retain(ProvenReport.TopicOf(device.Id), ProvenReport.ToJson(DeviceReport.Of(device, clock.Now)));

    private void Retain(string topic, byte[] payload) =>
        broker.Publish(new TopicName(topic), payload, QualityOfService.AtLeastOnce, retain: true);
}
