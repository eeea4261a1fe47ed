using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>Puts a broker behind a Kestrel listener.</summary>
public static class MqttListenExtensions
{
    private const int ProbeAfterS = 120;
    private const int ProbeEveryS = 30;

    /// <summary>
    /// Serves MQTT on this listener; after <c>UseHttps</c> on the same listener, MQTT over TLS, with the client's
    /// certificate in <see cref="ConnectAttempt.Certificate"/> where the listener asks for one.
    /// </summary>
    /// <param name="listen">The listener: 1883 by custom, 8883 with TLS.</param>
    /// <param name="broker">The broker.</param>
    public static ListenOptions UseMqtt(this ListenOptions listen, MqttBroker broker)
    {
        listen.Run(connection =>
        {
            ProbeSilentPeer(connection);
            return broker.ServeAsync(connection);
        });
        return listen;
    }

    /// <summary>A client with keep alive 0 may be silent for ever; whether it still exists, TCP finds out.</summary>
    private static void ProbeSilentPeer(ConnectionContext connection)
    {
        Socket? socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
        if (socket is not { ProtocolType: ProtocolType.Tcp })
        {
            return;
        }

        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, ProbeAfterS);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeEveryS);
        }
        catch (SocketException)
        {
            // It is gone already; reading from it will say so.
        }
    }
}
