using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>The answer to a <see cref="ConnectAttempt"/>.</summary>
public readonly record struct ConnectDecision
{
    private ConnectDecision(ConnectReturnCode code, object? identity)
    {
        Code = code;
        Identity = identity;
    }

    /// <summary>What CONNACK says.</summary>
    public ConnectReturnCode Code { get; }

    /// <summary>The authority's own object for this client: <see cref="BrokerSession.Identity"/> later.</summary>
    public object? Identity { get; }

    /// <summary>Lets the client in.</summary>
    /// <param name="identity">The authority's own object for this client, or null.</param>
    public static ConnectDecision Accept(object? identity = null) => new(ConnectReturnCode.Accepted, identity);

    /// <summary>Turns the client away.</summary>
    /// <param name="code">The reason it is told; not <see cref="ConnectReturnCode.Accepted"/>.</param>
    public static ConnectDecision Refuse(ConnectReturnCode code) => code == ConnectReturnCode.Accepted
        ? throw new ArgumentException("A refusal needs a reason other than Accepted.", nameof(code))
        : new ConnectDecision(code, null);
}
