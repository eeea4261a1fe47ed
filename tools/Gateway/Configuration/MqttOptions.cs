using System.Buffers;
using System.Security.Cryptography;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// Where boards connect and how much they may do. WebSockets and kept sessions are off until they are set.
/// </summary>
public sealed class MqttOptions : EndpointOptions
{
    // The shortest share interval, 100 ms, makes ten of a board; the rest is for what waited meanwhile.
    private const int DefaultMaxPacketsPerSecond = 2_000;

    // After a power cut a fleet comes back at once, and from one NAT's address: all 20,000 connections that fit by
    // default are let in within four seconds, a few hundred boards in one.
    private const int DefaultMaxConnectsPerAddressPerSecond = 5_000;

    // Twice as many from everywhere: what comes above waits, and those who are connected do not notice.
    private const int DefaultMaxConnectsPerSecond = 10_000;

    private const int MaxRate = 1_000_000;
    private const int MaxPathLength = 64;
    private static readonly string[] s_ownPaths =
    [
        "v1", "healthz", "metrics", "openapi", "assets", "live", "theme", "sign-in", "sign-out", "welcome", "wall",
        "boards", "money", "upstreams", "settings", "events", "people", "account", "not-found",
    ];

    private static readonly SearchValues<char> s_pathCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    internal MqttOptions(int port, int tlsPort)
        : base(port, tlsPort)
    {
    }

    /// <summary>
    /// The server's certificate, PEM (with intermediate ones after it) or PFX. Default: the gateway's own authority
    /// issues one.
    /// </summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>Its private key, PEM. Default: in <see cref="CertificateFile"/> itself.</summary>
    public string CertificateKeyFile { get; set; } = "";

    /// <summary>What the key or the PFX file is encrypted with. Never logged. Default: it is not.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>
    /// Authorities, PEM. When set, TLS needs a client certificate that one of them signed for the device's id, beside
    /// the device's key; without TLS only boards on this machine are served. Default none.
    /// </summary>
    public string ClientAuthorityFile { get; set; } = "";

    /// <summary>The path of MQTT over WebSockets on the HTTP port, such as <c>/mqtt</c>. Default none.</summary>
    [NeedsRestart("the path is opened once, at the start")]
    public string WebSocketPath { get; set; } = "";

    /// <summary>Whether sessions that are not clean outlive a restart. Default no.</summary>
    [NeedsRestart("the broker takes up its sessions at the start")]
    public bool KeepSessions { get; set; }

    /// <summary>Packets a second of one board before it is read more slowly, 0 (no limit) to 1,000,000. Default 2,000.
    /// </summary>
    public int MaxPacketsPerSecond { get; set; } = DefaultMaxPacketsPerSecond;

    /// <summary>Connects a second from one address before one more waits for its turn, 0 (no limit) to 1,000,000.
    /// Default 5,000.</summary>
    [NeedsRestart("the door is opened with it")]
    public int MaxConnectsPerAddressPerSecond { get; set; } = DefaultMaxConnectsPerAddressPerSecond;

    /// <summary>Connects a second from everywhere before one more waits for its turn, 0 (no limit) to 1,000,000.
    /// Default 10,000.</summary>
    [NeedsRestart("the door is opened with it")]
    public int MaxConnectsPerSecond { get; set; } = DefaultMaxConnectsPerSecond;

    internal override void Check(string section, ConfigurationProblems problems)
    {
        base.Check(section, problems);
        problems.Range($"{section}:{nameof(MaxPacketsPerSecond)}", MaxPacketsPerSecond, 0, MaxRate);
        problems.Range(
            $"{section}:{nameof(MaxConnectsPerAddressPerSecond)}", MaxConnectsPerAddressPerSecond, 0, MaxRate);
        problems.Range($"{section}:{nameof(MaxConnectsPerSecond)}", MaxConnectsPerSecond, 0, MaxRate);
        if (WebSocketPath.Length > 0 && !IsFreePath(WebSocketPath))
        {
            problems.Add($"{section}:{nameof(WebSocketPath)}", WebSocketPath, "cannot be served; write for example "
                + $"/mqtt, up to {MaxPathLength} characters: letters, digits and -, and not one of "
                + string.Join(", ", s_ownPaths.Select(own => "/" + own)));
        }

        CheckFiles(section, problems);
    }

    /// <summary>Who names a certificate believes in a TLS that is not there.</summary>
    internal void CheckUnused(string section, ConfigurationProblems problems)
    {
        Superfluous($"{section}:{nameof(CertificateFile)}", CertificateFile, problems);
        Superfluous($"{section}:{nameof(ClientAuthorityFile)}", ClientAuthorityFile, problems);
    }

    private static bool IsFreePath(string path) =>
        path.Length is > 1 and <= MaxPathLength && path[0] == '/'
        && path.AsSpan(1).IndexOfAnyExcept(s_pathCharacters) < 0
        && !s_ownPaths.Contains(path[1..], StringComparer.OrdinalIgnoreCase);

    private static void Superfluous(string key, string value, ConfigurationProblems problems)
    {
        if (value.Length > 0)
        {
            problems.Add(key, value, "needs Tls:Enabled=true; set that, or leave this out");
        }
    }

    private void CheckFiles(string section, ConfigurationProblems problems)
    {
        if (CertificateFile.Length > 0)
        {
            Try($"{section}:{nameof(CertificateFile)}", CertificateFile,
                () => TlsIdentity.Load(this).Certificate.Dispose(), problems);
        }

        if (ClientAuthorityFile.Length > 0)
        {
            Try($"{section}:{nameof(ClientAuthorityFile)}", ClientAuthorityFile,
                () => ClientAuthorities.Load(ClientAuthorityFile), problems);
        }
    }

    private static void Try(string key, string file, Action load, ConfigurationProblems problems)
    {
        try
        {
            load();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            problems.Add(key, file, $"cannot be used ({e.Message}); name a readable certificate file, with its key "
                + "and password where it needs them");
        }
    }
}
