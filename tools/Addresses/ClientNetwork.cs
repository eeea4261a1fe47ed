using System.Net;
using System.Net.Sockets;

namespace MicroFirmware.Addresses;

/// <summary>
/// Whose an address is, as far as it tells. Who has an IPv6 network has more addresses than can be counted, so a /64,
/// the least that a customer is given (RFC 6177), stands for all of them.
/// </summary>
internal static class ClientNetwork
{
    private const int Octets = 8;

    /// <summary>The address itself of IPv4, also where it is mapped into IPv6; the first address of its /64 of IPv6.
    /// </summary>
    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        byte[] octets = address.GetAddressBytes();
        octets.AsSpan(Octets).Clear();
        return new IPAddress(octets);
    }
}
