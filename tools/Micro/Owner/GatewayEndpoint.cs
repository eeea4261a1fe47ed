using System.Globalization;
using System.Net;

namespace MicroFirmware.Micro.Owner;

/// <summary>The gateway's API as its owner reaches it.</summary>
/// <param name="Host">Name or IPv4 address.</param>
/// <param name="Port">The port of HTTP; 0 for the usual one.</param>
/// <param name="IsPlain">Without TLS.</param>
internal sealed record GatewayEndpoint(string Host, int Port, bool IsPlain)
{
    private const int TlsPort = 8443;
    private const int PlainPort = 8080;

    /// <summary>Its address.</summary>
    public Uri Url => new UriBuilder(IsPlain ? "http" : "https", Host, EffectivePort).Uri;

    private int EffectivePort => Port != 0 ? Port : IsPlain ? PlainPort : TlsPort;

    /// <summary>Whether it is this machine, under a name that is another machine to a board.</summary>
    public bool IsThisMachine =>
        Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Reads <c>host</c> or <c>host:port</c>.</summary>
    public static bool TryParse(string text, bool isPlain, out GatewayEndpoint? endpoint)
    {
        endpoint = null;
        string[] parts = text.Split(':');
        int port = 0;
        bool isHost = Uri.CheckHostName(parts[0]) is UriHostNameType.Dns or UriHostNameType.IPv4;
        bool isEndpoint = isHost && parts.Length <= 2
            && (parts.Length == 1
                || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out port)
                    && port is >= 1 and <= ushort.MaxValue));
        endpoint = isEndpoint ? new GatewayEndpoint(parts[0], port, isPlain) : null;
        return isEndpoint;
    }
}
