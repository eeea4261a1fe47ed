namespace MicroFirmware.Gateway.Configuration;

/// <summary>Who is told of the gateway's figures.</summary>
public sealed class MetricsOptions
{
    /// <summary>Whether <c>/metrics</c> is served beside the API, as Prometheus reads it. Default yes.</summary>
    public bool Prometheus { get; set; } = true;

    /// <summary>Whether <c>/api/system/info</c>, and <c>/axeos/{id}/api/system/info</c> of each board, are served as
    /// AxeOS serves them, for programs made for a Bitaxe: figures only, without a token, to whoever reaches the
    /// gateway. Default no.</summary>
    [NeedsRestart("paths that ask for no token are opened at the start only")]
    public bool AxeOs { get; set; }

    /// <summary>Where figures are sent by themselves.</summary>
    public OtlpOptions Otlp { get; } = new();

    internal void Check(string section, ConfigurationProblems problems) =>
        Otlp.Check($"{section}:{nameof(Otlp)}", problems);
}
