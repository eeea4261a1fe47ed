using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>Connects to a pool, over TLS where its URL says so.</summary>
internal static class PoolDialer
{
    private const string TlsScheme = "stratum+ssl";

    // A host that vanished is noticed by the system 3 s later, whether the pool answers pings or not.
    private const int KeepAliveTimeSeconds = 1;
    private const int KeepAliveIntervalSeconds = 1;
    private const int KeepAliveRetries = 2;

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">It cannot be reached.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">Its certificate is not good.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<Stream> ConnectAsync(Uri url, PoolOptions options, CancellationToken cancel)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveTimeSeconds);
            socket.SetSocketOption(
                SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveRetries);
            await socket.ConnectAsync(url.Host, url.Port, cancel);
            NetworkStream stream = new(socket, ownsSocket: true);
            return url.Scheme == TlsScheme ? await SecureAsync(stream, url.Host, options, cancel) : stream;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException(e.Message, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(
        NetworkStream stream, string host, PoolOptions options, CancellationToken cancel)
    {
        SslClientAuthenticationOptions tls = new() { TargetHost = host };
        if (options.Authorities is { } authorities)
        {
            X509ChainPolicy policy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(authorities);
            tls.CertificateChainPolicy = policy;
        }

        SslStream secure = new(stream);
        await secure.AuthenticateAsClientAsync(tls, cancel);
        return secure;
    }
}
