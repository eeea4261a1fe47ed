using System.Net;
using System.Net.Sockets;

namespace MicroFirmware.System.Tests;

/// <summary>A cable between boards and a gateway that a test can cut and mend: while it is cut, open connections are
/// reset and new ones refused.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _sockets = [];
    private readonly IPEndPoint _target;
    private readonly Alteration? _alter;
    private Socket? _listener;

    /// <summary>Starts relaying to a port of this host.</summary>
    /// <param name="targetPort">The port.</param>
    /// <param name="alter">Gets what the target sends, as it came in one piece, and may change it.</param>
    public TcpRelay(int targetPort, Alteration? alter = null)
    {
        _alter = alter;
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        _listener = Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = AcceptAsync(_listener);
    }

    /// <summary>Changes octets in place.</summary>
    public delegate void Alteration(Span<byte> octets);

    /// <summary>Where clients connect to; it stays the same however often the cable is cut.</summary>
    public int Port { get; }

    /// <summary>Resets what is open and refuses what comes.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
            foreach (Socket socket in _sockets)
            {
                socket.Close(timeout: 0);
            }

            _sockets.Clear();
        }
    }

    /// <summary>Relays again.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            _listener = Listen(Port);
            _ = AcceptAsync(_listener);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private static Socket Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen();
        return listener;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                Socket client = await listener.AcceptAsync();
                _ = RelayAsync(listener, client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The cable was cut.
        }
    }

    private async Task RelayAsync(Socket listener, Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (Register(listener, client, server))
            {
                await server.ConnectAsync(_target);
                await Task.WhenAny(CopyAsync(client, server, null), CopyAsync(server, client, _alter));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of the two ends is gone; so is the other, below.
        }
        finally
        {
            lock (_gate)
            {
                _sockets.Remove(client);
                _sockets.Remove(server);
            }

            client.Dispose();
            server.Dispose();
        }
    }

    private bool Register(Socket listener, Socket client, Socket server)
    {
        lock (_gate)
        {
            bool isWhole = _listener == listener;
            if (isWhole)
            {
                _sockets.Add(client);
                _sockets.Add(server);
            }

            return isWhole;
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, Alteration? alter)
    {
        byte[] buffer = new byte[16 * 1024];
        int count;
        while ((count = await from.ReceiveAsync(buffer)) > 0)
        {
            alter?.Invoke(buffer.AsSpan(0, count));
            await to.SendAsync(buffer.AsMemory(0, count));
        }
    }
}
