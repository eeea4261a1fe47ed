using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Trust;

/// <summary>
/// The certificate that the gateway's own authority has issued for its names, renewed in time: the gateway may run for
/// years.
/// </summary>
internal sealed class ServerIdentity(CertificateAuthority authority, Live<TlsOptions> options, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan s_life = TimeSpan.FromDays(365);
    private static readonly TimeSpan s_renewBefore = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private X509Certificate2? _current;
    private string _names = "";

    /// <summary>The certificate to show now.</summary>
    public X509Certificate2 Current
    {
        get
        {
            lock (_gate)
            {
                // Connections that still use the old one keep it alive; it is left to the collector.
                string names = options.Now.Names;
                if (_current is null || names != _names || time.GetUtcNow() + s_renewBefore >= _current.NotAfter)
                {
                    (_current, _names) = (authority.Issue(Names(), s_life), names);
                }

                return _current;
            }
        }
    }

    public void Dispose() => _current?.Dispose();

    private IEnumerable<string> Names()
    {
        string machine = Dns.GetHostName();
        return
        [
            "localhost", IPAddress.Loopback.ToString(), IPAddress.IPv6Loopback.ToString(), .. HostNames(machine),
            .. Addresses(), .. options.Now.NameList,
        ];
    }

    /// <summary>The machine's name, and as multicast DNS knows it; none if it is no name for DNS.</summary>
    private static IEnumerable<string> HostNames(string machine) =>
        Uri.CheckHostName(machine) != UriHostNameType.Dns ? []
        : machine.Contains('.') ? [machine]
        : [machine, machine + ".local"];

    private static IEnumerable<string> Addresses() =>
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus == OperationalStatus.Up
        from address in network.GetIPProperties().UnicastAddresses
        where !IPAddress.IsLoopback(address.Address) && !address.Address.IsIPv6LinkLocal
        select address.Address.ToString();
}
