using System.Net;
using System.Net.Sockets;
using MicroFirmware.Mqtt.Entrance;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>Puts a broker behind a Kestrel listener.</summary>
public static class MqttListenExtensions
{
    private const int ProbeAfterS = 120;
    private const int ProbeEveryS = 30;

    /// <summary>
    /// Lets <see cref="ListenMqtt"/> accept sockets itself, so that a client over its address's budget for connects
    /// costs no more than a socket, and one over its budget for packets is held back by TCP.
    /// </summary>
    public static IWebHostBuilder UseMqttSockets(this IWebHostBuilder web) => web.ConfigureServices(
        services => services.AddSingleton<IConnectionListenerFactory, MqttListenerFactory>());

    /// <summary>Serves MQTT on a TCP port.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="endPoint">Where; port 0 lets the system choose.</param>
    /// <param name="broker">Finds the broker, when the server starts.</param>
    /// <param name="configure">What comes between TCP and MQTT, such as <c>UseHttps</c>; nothing if null.</param>
    public static void ListenMqtt(
        this KestrelServerOptions kestrel,
        IPEndPoint endPoint,
        Func<MqttBroker> broker,
        Action<ListenOptions>? configure = null) =>
        kestrel.Listen((EndPoint)new MqttEndPoint(endPoint, broker), listen =>
        {
            configure?.Invoke(listen);
            listen.Run(connection => ServeAsync(connection, broker()));
        });

    /// <summary>
    /// Serves MQTT on this listener; after <c>UseHttps</c> on the same listener, MQTT over TLS, with the client's
    /// certificate in <see cref="ConnectAttempt.Certificate"/> where the listener asks for one.
    /// </summary>
    /// <param name="listen">The listener: 1883 by custom, 8883 with TLS.</param>
    /// <param name="broker">The broker.</param>
    public static ListenOptions UseMqtt(this ListenOptions listen, MqttBroker broker)
    {
        listen.Run(connection => ServeAsync(connection, broker));
        return listen;
    }

    private static Task ServeAsync(ConnectionContext connection, MqttBroker broker)
    {
        ProbeSilentPeer(connection);
        return broker.ServeAsync(connection);
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
