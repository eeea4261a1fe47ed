using System.Net.Security;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Client;

/// <summary>How to connect to a broker.</summary>
public sealed record MqttClientOptions
{
    /// <summary>Host name or address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port: 1883 by custom, 8883 with TLS.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>TLS settings, or null for plain TCP.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>The client id; empty lets the server choose.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>False keeps the session at the server when the connection ends.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>Longest silence, in seconds, 0 for no watch; 60 as mosquitto's clients and paho have it.</summary>
    public ushort KeepAliveSeconds { get; init; } = 60;

    /// <summary>The user name, or null.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, or null. Never logged.</summary>
    public ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>What the server publishes should this connection break, or null.</summary>
    public WillMessage? Will { get; init; }

    /// <summary>Largest packet taken, in octets.</summary>
    public int MaxPacketSizeBytes { get; init; } = 1_000_000;

    /// <summary>How long connecting may take, CONNACK included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets each message as it comes, on the connection's reader: must be quick. A QoS 1 message is acknowledged when
    /// it returns; if it throws, the connection ends, and the server will send the message again.
    /// </summary>
    public Action<ReceivedMessage>? OnMessage { get; init; }

    /// <summary>The clock for the keep alive.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
