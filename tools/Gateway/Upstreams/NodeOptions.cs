namespace MicroFirmware.Gateway.Upstreams;

/// <summary>How to reach one Bitcoin node.</summary>
public sealed record NodeOptions
{
    /// <summary>Where its JSON-RPC is served, such as <c>http://127.0.0.1:8332</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The user name; empty with a cookie file.</summary>
    public string User { get; init; } = "";

    /// <summary>The password; never shown, never logged.</summary>
    public string Password { get; init; } = "";

    /// <summary>The file in which the node leaves a login at each of its starts (Bitcoin Core's <c>.cookie</c>); null
    /// for user name and password.</summary>
    public string? CookieFile { get; init; }

    /// <summary>How long an answer may take before the next node is asked, 1 s or more. A large template takes a node a
    /// second or two.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
