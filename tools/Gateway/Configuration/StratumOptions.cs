using System.Net;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>Where Stratum v1 miners connect and how much they may do. Both doors are closed until they are
/// set.</summary>
public sealed class StratumOptions
{
    // Nothing is reachable from outside until the owner says so.
    private const string DefaultAddress = "127.0.0.1";

    // As many as of boards: at 12 KB each they fit a small machine.
    private const int DefaultMaxConnections = 20_000;

    // A farm behind one NAT; ten such addresses fill the default above, one alone does not.
    private const int DefaultMaxConnectionsPerAddress = 4_000;

    // After a power cut a farm comes back at once.
    private const int DefaultMaxConnectsPerAddressPerSecond = 2_000;

    private const int MaxMaxConnections = 1_000_000;
    private const int MaxPort = 65_535;

    /// <summary>The address to listen on, an IP address. Default 127.0.0.1; 0.0.0.0 or :: for every
    /// interface.</summary>
    [NeedsRestart("the door is opened once, at the start")]
    public string Address { get; set; } = DefaultAddress;

    /// <summary>The TCP port, 0 to 65535, 3333 by custom; 0 lets the system choose. Default none.</summary>
    [NeedsRestart("the door is opened once, at the start")]
    public int? Port { get; set; }

    /// <summary>The TCP port of Stratum over TLS, 0 to 65535, 4333 by custom; 0 lets the system choose. Its
    /// certificate is that of MQTT over TLS. Default none.</summary>
    [NeedsRestart("the door is opened once, at the start")]
    public int? TlsPort { get; set; }

    /// <summary>Connections at once, 1 to 1,000,000. Default 20,000.</summary>
    public int MaxConnections { get; set; } = DefaultMaxConnections;

    /// <summary>Connections at once from one address, 0 (no limit) to 1,000,000. Default 4,000.</summary>
    public int MaxConnectionsPerAddress { get; set; } = DefaultMaxConnectionsPerAddress;

    /// <summary>Connects a second from one address before one more is closed, 0 (no limit) to 1,000,000. Default 2,000.
    /// </summary>
    public int MaxConnectsPerAddressPerSecond { get; set; } = DefaultMaxConnectsPerAddressPerSecond;

    internal void Check(string section, ConfigurationProblems problems)
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            problems.Add($"{section}:{nameof(Address)}", Address, "is not an IP address; write for example 127.0.0.1, "
                + "or 0.0.0.0 to listen on every interface");
        }

        problems.Range($"{section}:{nameof(Port)}", Port ?? 0, 0, MaxPort);
        problems.Range($"{section}:{nameof(TlsPort)}", TlsPort ?? 0, 0, MaxPort);
        problems.Range($"{section}:{nameof(MaxConnections)}", MaxConnections, 1, MaxMaxConnections);
        problems.Range($"{section}:{nameof(MaxConnectionsPerAddress)}", MaxConnectionsPerAddress, 0, MaxMaxConnections);
        problems.Range($"{section}:{nameof(MaxConnectsPerAddressPerSecond)}", MaxConnectsPerAddressPerSecond, 0,
            MaxMaxConnections);
    }
}
