using System.Net;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// Who may listen in. Work, orders and MQTT are served over TLS with a certificate of the gateway's own authority;
/// plain text reaches this machine only, unless the owner says otherwise.
/// </summary>
public sealed class TlsOptions
{
    private const int MaxNames = 16;

    /// <summary>Whether TLS is served. Default yes.</summary>
    [NeedsRestart("the door is opened once, at the start")]
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether plain text is served on every address that is listened on, not only on loopback. Default no.
    /// </summary>
    [NeedsRestart("the door is opened once, at the start")]
    public bool PlainText { get; set; }

    /// <summary>
    /// Names and addresses that boards reach the gateway by, beside this machine's own, separated by commas. Default
    /// none.
    /// </summary>
    public string Names { get; set; } = "";

    /// <summary>The names one by one.</summary>
    internal string[] NameList =>
        Names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal void Check(string section, GatewayOptions options, ConfigurationProblems problems)
    {
        string[] names = NameList;
        if (names.Length > MaxNames || names.Any(name => Uri.CheckHostName(name) == UriHostNameType.Unknown))
        {
            problems.Add($"{section}:{nameof(Names)}", Names,
                $"is not a list of host names; write for example gateway.lan,192.168.1.10, {MaxNames} at most");
        }

        if (!Enabled)
        {
            options.Mqtt.CheckUnused("Mqtt", problems);
            CheckReach("Http", options.Http, problems);
            CheckReach("Mqtt", options.Mqtt, problems);
        }
    }

    /// <summary>An address that nothing is served on is a mistake.</summary>
    private void CheckReach(string section, EndpointOptions endpoint, ConfigurationProblems problems)
    {
        bool isOutside = IPAddress.TryParse(endpoint.Address, out IPAddress? address) && !IPAddress.IsLoopback(address);
        if (isOutside && !PlainText)
        {
            problems.Add($"{section}:{nameof(endpoint.Address)}", endpoint.Address,
                "would be served neither over TLS nor in plain text; leave out Tls:Enabled=false, or say "
                + "Tls:PlainText=true if everybody on the way may read and change what boards and owner send");
        }
    }
}
