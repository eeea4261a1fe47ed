using System.Net;
using System.Net.Sockets;

namespace MicroFirmware.Lightning.Addresses;

/// <summary>
/// Connects to public addresses only. A stranger chooses the names that are fetched here, and must not reach this
/// machine or its neighbours by them: names are resolved once, every address is looked at, and the connection goes to
/// the address that was looked at.
/// </summary>
public static class PublicNetwork
{
    /// <summary>What is not public (IANA's special-purpose registries, RFC 6890 and its updates).</summary>
    private static readonly IPNetwork[] s_special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Of IPv6 only what is given to networks today, less what carries an IPv4 address inside or is for documents.
    private static readonly IPNetwork s_global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] s_tunnels =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether an address belongs to the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !s_special.Any(network => network.Contains(address))
            : s_global.Contains(address) && !s_tunnels.Any(network => network.Contains(address));
    }

    /// <summary>A handler that follows no redirection, keeps no cookies, and reaches public addresses only.</summary>
    public static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        ConnectCallback = ConnectAsync,
    };

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        IPAddress[] open = [.. addresses.Where(IsPublic)];
        if (open.Length == 0)
        {
            throw new HttpRequestException($"{context.DnsEndPoint.Host} is not on the public internet.");
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
