using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Mqtt.Entrance;

/// <summary>Listens for Kestrel on <see cref="MqttEndPoint"/>s; other addresses are left to Kestrel itself.</summary>
internal sealed class MqttListenerFactory(ILoggerFactory logging)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>
    /// Octets that are read ahead of one client, and as many again that the system keeps: a client that sends faster
    /// than it may is held back by TCP, not by memory. Some hundred shares; Kestrel's own limit is 1 MB.
    /// </summary>
    private const int ReadAheadOctets = 32 * 1024;

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is MqttEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var own = (MqttEndPoint)endpoint;
        var options = new SocketTransportOptions();
        Socket listening = Listen(own, options.Backlog);
        var connections = new SocketConnectionContextFactory(
            new SocketConnectionFactoryOptions { MaxReadBufferSize = ReadAheadOctets },
            logging.CreateLogger<MqttListener>());
        return new ValueTask<IConnectionListener>(new MqttListener(listening, own.Broker, connections));
    }

    private static Socket Listen(MqttEndPoint endPoint, int backlog)
    {
        Socket? socket = null;
        try
        {
            socket = SocketTransportOptions.CreateDefaultBoundListenSocket(
                new IPEndPoint(endPoint.Address, endPoint.Port));

            // Accepted sockets inherit it, and TCP's window is sized by it from the first octet.
            socket.ReceiveBufferSize = ReadAheadOctets;
            socket.Listen(backlog);
            return socket;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket?.Dispose();
            throw new AddressInUseException(e.Message, e);
        }
    }
}
