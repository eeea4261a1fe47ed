using System.Security.Cryptography.X509Certificates;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>How to reach one pool.</summary>
internal sealed record PoolOptions
{
    /// <summary>Where it is: <c>stratum+tcp://host:port</c>, or <c>stratum+ssl</c> for TLS.</summary>
    public required Uri Url { get; init; }

    /// <summary>The worker.</summary>
    public required string User { get; init; }

    /// <summary>The worker's password; never shown, never logged. Most pools take any.</summary>
    public string Password { get; init; } = "";

    /// <summary>Who may have signed the pool's certificate; null for the system's authorities.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>How long connecting and greeting may take together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
