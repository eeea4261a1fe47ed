namespace MicroFirmware.Mqtt.Packets;

/// <summary>What a server answers to CONNECT (MQTT 3.1.1 §3.2.2.3).</summary>
public enum ConnectReturnCode : byte
{
    /// <summary>The connection stands.</summary>
    Accepted = 0,

    /// <summary>The server does not speak the protocol level that was asked for.</summary>
    UnacceptableProtocolVersion = 1,

    /// <summary>The client id is well-formed but not allowed here.</summary>
    IdentifierRejected = 2,

    /// <summary>The MQTT service is not available now: too many connections or sessions, or shutting down.</summary>
    ServerUnavailable = 3,

    /// <summary>User name or password are wrong.</summary>
    BadUserNameOrPassword = 4,

    /// <summary>The client is known but may not connect, or not with this will.</summary>
    NotAuthorized = 5,
}
