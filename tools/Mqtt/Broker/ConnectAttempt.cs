using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>What a client shows when it connects.</summary>
/// <param name="ClientId">Its client id: never empty, the broker has assigned one if need be.</param>
/// <param name="UserName">Its user name, or null.</param>
/// <param name="Password">Its password; empty when there is none. Compare it in constant time, never log it.</param>
/// <param name="RemoteEndPoint">Where it comes from, or null on transports that do not know.</param>
/// <param name="Certificate">Its certificate on a TLS listener that asks for one, or null.</param>
public sealed record ConnectAttempt(
    string ClientId,
    string? UserName,
    ReadOnlyMemory<byte> Password,
    EndPoint? RemoteEndPoint,
    X509Certificate2? Certificate)
{
    /// <summary>A description without the password.</summary>
    public override string ToString() => $"{ClientId} as {UserName} from {RemoteEndPoint}";
}
