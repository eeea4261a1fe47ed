using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Mqtt.Broker;

namespace MicroFirmware.Gateway.Broker;

/// <summary>The broker's limits, as the gateway's options set them: now, and whenever they change.</summary>
internal static class BoardLimits
{
    // Its status, and for Home Assistant what it has proven and that it is there.
    private const int RetainedPerDevice = 3;

    /// <summary>Limits for a broker, which reads them each time; the doors' own it reads at the start.</summary>
    public static BrokerOptions Follow(Live<GatewayOptions> options)
    {
        MqttOptions mqtt = options.Now.Mqtt;
        BrokerOptions limits = new()
        {
            MaxConnectsPerAddressPerSecond = mqtt.MaxConnectsPerAddressPerSecond,
            MaxConnectsPerSecond = mqtt.MaxConnectsPerSecond,
        };
        Set(limits, options.Now);
        options.Changed += now => Set(limits, now);
        return limits;
    }

    private static void Set(BrokerOptions limits, GatewayOptions options)
    {
        limits.MaxConnections = limits.MaxSessions = options.Mqtt.MaxConnections;
        limits.MaxPacketsPerSecond = options.Mqtt.MaxPacketsPerSecond;
        limits.MaxRetainedMessages = RetainedPerDevice * options.Devices.MaxDevices;
    }
}
