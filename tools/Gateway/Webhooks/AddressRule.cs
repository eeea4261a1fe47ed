using System.Net;
using System.Net.Sockets;

namespace MicroFirmware.Gateway.Webhooks;

/// <summary>
/// Where a message may go: to public addresses, and to this machine and private networks only where the owner said so.
/// Asked of the address that is connected to, after the name was resolved: a name cannot promise one and mean another.
/// </summary>
internal static class AddressRule
{
    // Registries of special-purpose addresses, RFC 6890: of no use to anybody as a receiver.
    private static readonly IPNetwork[] s_never =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), // Link-local: clouds answer here with a machine's credentials.
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("224.0.0.0/3"), // Multicast, reserved, broadcast.
        IPNetwork.Parse("::/128"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
    ];

    private static readonly IPNetwork[] s_private =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fec0::/10"),
    ];

    // An IPv4 address in octets 12 to 15 (NAT64, RFC 6052) or 2 to 5 (6to4, RFC 3056).
    private static readonly IPNetwork s_nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork s_6To4 = IPNetwork.Parse("2002::/16");

    /// <summary>Whether a connection may be made to an address.</summary>
    public static bool Allows(IPAddress address, bool isPrivateAllowed)
    {
        IPAddress plain = PlainOf(address);
        return !s_never.Any(network => network.Contains(plain))
            && (isPrivateAllowed || !s_private.Any(network => network.Contains(plain)));
    }

    /// <summary>The IPv4 address where one is wrapped in an IPv6 one.</summary>
    private static IPAddress PlainOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        return address.AddressFamily != AddressFamily.InterNetworkV6 ? address
            : s_nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12, 4))
            : s_6To4.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(2, 4))
            : address;
    }
}
