using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Boards;

/// <summary>Says how boards reach this gateway: by the name its reader used, unless that means this very machine.
/// </summary>
internal sealed class FrontDoor(Live<GatewayOptions> options, BoardDoors doors, CertificateAuthority authority)
{
    /// <summary>The way in.</summary>
    /// <param name="askedHost">The host of the reader's own request.</param>
    public WayIn Find(string askedHost)
    {
        GatewayOptions now = options.Now;
        string host = now.Tls.NameList.FirstOrDefault() ?? (IsHere(askedHost) ? AddressOfThisMachine() : askedHost);
        bool isPlain = doors.Tls is null;
        return new WayIn(
            host,
            doors.Tls?.Http ?? doors.Plain.Http,
            isPlain,
            doors.Stratum,
            doors.StratumTls,
            IsHere(now.Http.Address) || IsHere(now.Mqtt.Address) || (isPlain && !now.Tls.PlainText),
            IsHere(now.Stratum.Address),
            AccessCode.PinOf(authority.Certificate));
    }

    private static bool IsHere(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));

    /// <summary>The address by which others most likely know this machine: one on a network with a way out.</summary>
    private static string AddressOfThisMachine() => (
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus == OperationalStatus.Up
        let properties = network.GetIPProperties()
        from address in properties.UnicastAddresses
        where address.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address.Address)
        orderby properties.GatewayAddresses.Count descending
        select address.Address.ToString()).FirstOrDefault() ?? Dns.GetHostName();
}
