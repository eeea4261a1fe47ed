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

    private const int MaxPort = 65_535;

    private readonly int _defaultTlsPort;
    private int? _tlsPort;

    internal EndpointOptions(int port, int tlsPort) => (Port, _defaultTlsPort) = (port, tlsPort);

    /// <summary>
    /// The address to listen on, an IP address. Default 127.0.0.1; 0.0.0.0 or :: for every interface.
    /// </summary>
    [NeedsRestart("the door is opened once, at the start")]
    public string Address { get; set; } = DefaultAddress;

    /// <summary>The TCP port, 0 to 65535; 0 lets the system choose.</summary>
    [NeedsRestart("the door is opened once, at the start")]
    public int Port { get; set; }

    /// <summary>
    /// The TCP port of the same over TLS, 0 to 65535; 0 lets the system choose. Default 8443 for HTTP and 8883 for
    /// MQTT, 0 where <see cref="Port"/> is 0.
    /// </summary>
    [NeedsRestart("the door is opened once, at the start")]
    public int TlsPort
    {
        get => _tlsPort ?? (Port == 0 ? 0 : _defaultTlsPort);
        set => _tlsPort = value;
    }

    /// <summary>Connections at once, 1 to 1,000,000. Default 20,000.</summary>
    public int MaxConnections { get; set; } = DefaultMaxConnections;

    /// <summary>Where TLS is served.</summary>
    internal IPEndPoint TlsEndPoint => new(IPAddress.Parse(Address), TlsPort);

    /// <summary>Where plain text is served: on loopback only, unless the owner wants it everywhere.</summary>
    internal IPEndPoint PlainEndPoint(bool isPlainTextWanted)
    {
        IPAddress address = IPAddress.Parse(Address);
        return new IPEndPoint(isPlainTextWanted || IPAddress.IsLoopback(address) ? address : IPAddress.Loopback, Port);
    }

    internal virtual void Check(string section, ConfigurationProblems problems)
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            problems.Add($"{section}:{nameof(Address)}", Address, "is not an IP address; write for example 127.0.0.1, "
                + "or 0.0.0.0 to listen on every interface");
        }

        problems.Range($"{section}:{nameof(Port)}", Port, 0, MaxPort);
        problems.Range($"{section}:{nameof(TlsPort)}", TlsPort, 0, MaxPort);
        problems.Range($"{section}:{nameof(MaxConnections)}", MaxConnections, 1, MaxMaxConnections);
    }
}
