using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>One connection: sends one request and collects what comes back, until either side closes.</summary>
internal sealed class SocketExchange(Action onChange, Func<byte[]?>? authority) : IDisposable
{
    /// <summary>Octets that may wait for the board; an answer to a work request is far shorter.</summary>
    private const int MaxWaiting = 4096;

    private readonly Lock _gate = new();
    private readonly Socket? _socket = OpenSocket();
    private readonly byte[] _waiting = new byte[MaxWaiting];
    private int _count;
    private TransferStatus _end = TransferStatus.Waiting;

    /// <summary>Runs the exchange; ends when the connection has, and never throws.</summary>
    public async Task RunAsync(GatewayAddress gateway, byte[] request)
    {
        TransferStatus end;
        try
        {
            end = await TransferAsync(gateway, request);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException
            or AuthenticationException)
        {
            end = TransferStatus.Failed;
        }

        lock (_gate)
        {
            _end = end;
        }

        _socket?.Dispose();
        onChange();
    }

    /// <summary>Takes what has arrived.</summary>
    public TransferStatus Poll(byte[] buffer, out int count)
    {
        lock (_gate)
        {
            count = Math.Min(_count, buffer.Length);
            if (count == 0)
            {
                return _end;
            }

            _waiting.AsSpan(0, count).CopyTo(buffer);
            _waiting.AsSpan(count, _count - count).CopyTo(_waiting);
            _count -= count;
            return TransferStatus.Received;
        }
    }

    /// <summary>Drops the connection.</summary>
    public void Dispose() => _socket?.Dispose();

    /// <summary>Null where this process has no more to give: to the board it is a gateway out of reach.</summary>
    private static Socket? OpenSocket()
    {
        try
        {
            return new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task<TransferStatus> TransferAsync(GatewayAddress gateway, byte[] request)
    {
        await using Stream? stream = await OpenAsync(gateway);
        if (stream is null)
        {
            return TransferStatus.Failed;
        }

        await stream.WriteAsync(request);
        byte[] received = new byte[1024];
        while (await stream.ReadAsync(received) is int count and > 0)
        {
            lock (_gate)
            {
                if (_count + count > MaxWaiting)
                {
                    return TransferStatus.Failed;
                }

                received.AsSpan(0, count).CopyTo(_waiting.AsSpan(_count));
                _count += count;
            }

            onChange();
        }

        return TransferStatus.Closed;
    }

    /// <summary>The connection, over TLS where the gateway asks for it; null when no authority is known, and
    /// without a socket.</summary>
    private async Task<Stream?> OpenAsync(GatewayAddress gateway)
    {
        SslClientAuthenticationOptions? tls =
            gateway.IsSecure ? PinnedAuthority.OptionsFor(authority?.Invoke(), gateway.Host) : null;
        if (_socket is null || (gateway.IsSecure && tls is null))
        {
            return null;
        }

        await _socket.ConnectAsync(gateway.Host, gateway.HttpPort);
        var plain = new NetworkStream(_socket, ownsSocket: true);
        if (tls is null)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(tls);
        return secure;
    }
}
