namespace MicroFirmware.Mqtt.Packets;

/// <summary>CONNECT: the first packet of a connection (MQTT 3.1.1 §3.1).</summary>
/// <remarks>
/// <code>
/// offset  octets  field
///      0       2  length of the protocol name = 4
///      2       4  "MQTT"
///      6       1  protocol level = 4
///      7       1  flags: user 80, password 40, will retain 20, will QoS 18, will 04, clean session 02, reserved 01
///      8       2  keep alive, seconds
///     10     2+n  client id; then, each if its flag is set: will topic, will payload, user name, password
/// </code>
/// </remarks>
public sealed record ConnectPacket
{
    /// <summary>The protocol level of MQTT 3.1.1.</summary>
    public const byte Level311 = 4;

    /// <summary>The protocol level the client speaks; only <see cref="Level311"/> can be served.</summary>
    public byte ProtocolLevel { get; init; } = Level311;

    /// <summary>The client id; empty asks the server to assign one, which needs <see cref="CleanSession"/>.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>True: the session begins empty and ends with the connection.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>Longest silence the client allows itself, in seconds; 0 turns the watch off.</summary>
    public ushort KeepAliveSeconds { get; init; }

    /// <summary>The will, or null.</summary>
    public WillMessage? Will { get; init; }

    /// <summary>The user name, or null.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, or null; only with a user name. Never logged.</summary>
    public ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>A description without the password.</summary>
    public override string ToString() =>
        $"CONNECT {ClientId} level {ProtocolLevel} clean {CleanSession} keep alive {KeepAliveSeconds} s as {UserName}";
}
