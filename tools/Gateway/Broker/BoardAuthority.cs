using System.Net;
using System.Security.Cryptography;
using System.Text;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.HomeAssistant;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Broker;

/// <summary>
/// Lets boards connect with their own key, where certificates are asked for with their own one too, and each touch its
/// own topics only. Beside them Home Assistant is let in, where the owner gave it a password.
/// </summary>
internal sealed class BoardAuthority(
    Gatekeeper gatekeeper, DeviceRegistry registry, Live<MqttOptions> options, Live<HomeAssistantOptions> homeAssistant)
    : IBrokerAuthority
{
    /// <inheritdoc/>
    public async ValueTask<ConnectDecision> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation)
    {
        HomeAssistantOptions guest = homeAssistant.Now;
        if (guest.IsEnabled && attempt.UserName == guest.User)
        {
            return AdmitHomeAssistant(attempt, guest);
        }

        // Latin-1 keeps every octet a character of its own, so that nothing that is not ASCII can pass for hexadecimal.
        string password = Encoding.Latin1.GetString(attempt.Password.Span);
        if (attempt.UserName != attempt.ClientId
            || !Credential.TryParseMqtt(attempt.UserName, password, out Credential credential))
        {
            return ConnectDecision.Refuse(ConnectReturnCode.BadUserNameOrPassword);
        }

        if (!HasCertificate(attempt))
        {
            return ConnectDecision.Refuse(ConnectReturnCode.NotAuthorized);
        }

        Admission admission = await gatekeeper.AdmitAsync(credential, cancellation);
        return admission.Refusal is { } refusal
            ? ConnectDecision.Refuse(ReturnCodeOf(refusal))
            : ConnectDecision.Accept(new BoardLink(admission.Device!));
    }

    /// <inheritdoc/>
    public bool MayPublish(BrokerSession session, string topic) => ((IBrokerGuest)session.Identity!).MayPublish(topic);

    /// <inheritdoc/>
    public bool MaySubscribe(BrokerSession session, string filter) =>
        ((IBrokerGuest)session.Identity!).MaySubscribe(filter);

    /// <summary>A digest of both makes the comparison's time say nothing of the password's length.</summary>
    private ConnectDecision AdmitHomeAssistant(ConnectAttempt attempt, HomeAssistantOptions guest)
    {
        byte[] expected = SHA256.HashData(Encoding.UTF8.GetBytes(guest.Password));
        bool isRight = CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(attempt.Password.Span));

        // A board's session must not be taken over by a client that calls itself after it.
        return isRight && registry.Find(attempt.ClientId) is null
            ? ConnectDecision.Accept(new HomeAssistantLink(guest))
            : ConnectDecision.Refuse(ConnectReturnCode.BadUserNameOrPassword);
    }

    /// <summary>
    /// TLS has asked for a certificate and knows who signed it. Doors that cannot ask, plain text and WebSockets, are
    /// for this machine only then.
    /// </summary>
    private bool HasCertificate(ConnectAttempt attempt) =>
        options.Now.ClientAuthorityFile.Length == 0
        || (attempt.Certificate is { } certificate
            ? BoardCertificate.IsFor(certificate, attempt.ClientId)
            : attempt.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address));

    private static ConnectReturnCode ReturnCodeOf(RefusalCode refusal) => refusal switch
    {
        RefusalCode.UnknownDevice or RefusalCode.BadMac => ConnectReturnCode.BadUserNameOrPassword,
        RefusalCode.CounterReplayed or RefusalCode.Revoked => ConnectReturnCode.NotAuthorized,
        _ => ConnectReturnCode.ServerUnavailable,
    };
}
