namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// A collector that speaks OTLP over HTTP. What it wants to see in headers comes from the environment, as with every
/// program of OpenTelemetry: <c>OTEL_EXPORTER_OTLP_HEADERS</c>.
/// </summary>
public sealed class OtlpOptions
{
    // OpenTelemetry's own default.
    private static readonly TimeSpan s_defaultInterval = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Its address, such as <c>http://127.0.0.1:4318</c>; a path that is missing is <c>/v1/metrics</c>. Default none:
    /// nothing is sent.
    /// </summary>
    public string Endpoint { get; set; } = "";

    /// <summary>How often figures are sent, 1 s to 1 h. Default 60 s.</summary>
    public TimeSpan Interval { get; set; } = s_defaultInterval;

    /// <summary>The address with its path; null when nothing is sent.</summary>
    internal Uri? Address =>
        !Uri.TryCreate(Endpoint, UriKind.Absolute, out Uri? given) ? null
        : given.AbsolutePath == "/" ? new Uri(given, "v1/metrics")
        : given;

    internal void Check(string section, ConfigurationProblems problems)
    {
        bool isWeb = Address is { Scheme: "http" or "https" };
        if (Endpoint.Length > 0 && !isWeb)
        {
            problems.Add($"{section}:{nameof(Endpoint)}", Endpoint,
                "is not the address of a collector; write for example http://127.0.0.1:4318");
        }

        problems.Range($"{section}:{nameof(Interval)}", Interval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }
}
