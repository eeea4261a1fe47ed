using System.Net;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>One listening socket.</summary>
public class EndpointOptions
{
    // Nothing is reachable from outside until the owner says so.
    private const string DefaultAddress = "127.0.0.1";

    // One board holds one MQTT connection; this many fit a small machine's memory and its usual descriptor limit.
    private const int DefaultMaxConnections = 20_000;
    private const int MaxMaxConnections = 1_000_000;

    /// <summary>The highest port of TCP.</summary>
    private protected const int MaxPort = 65_535;

    internal EndpointOptions(int port) => Port = port;

    /// <summary>
    /// The address to listen on, an IP address. Default 127.0.0.1; 0.0.0.0 or :: for every interface.
    /// </summary>
    public string Address { get; set; } = DefaultAddress;

    /// <summary>The TCP port, 0 to 65535; 0 lets the system choose.</summary>
    public int Port { get; set; }

    /// <summary>Connections at once, 1 to 1,000,000. Default 20,000.</summary>
    public int MaxConnections { get; set; } = DefaultMaxConnections;

    internal IPEndPoint EndPoint => new(IPAddress.Parse(Address), Port);

    internal virtual void Check(string section, ConfigurationProblems problems)
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            problems.Add($"{section}:{nameof(Address)}", Address, "is not an IP address; write for example 127.0.0.1, "
                + "or 0.0.0.0 to listen on every interface");
        }

        problems.Range($"{section}:{nameof(Port)}", Port, 0, MaxPort);
        problems.Range($"{section}:{nameof(MaxConnections)}", MaxConnections, 1, MaxMaxConnections);
    }
}
