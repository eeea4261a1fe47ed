using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>One upstream: an entry of the list <c>Upstreams</c>, the preferred one first.</summary>
public sealed class UpstreamOptions
{
    /// <summary>Entries that the list may have: each is followed all the time.</summary>
    internal const int MaxUpstreams = 16;

    private const string DefaultCoin = "bitcoin";

    // A node takes a second or two for a large template.
    private static readonly TimeSpan s_defaultTimeout = TimeSpan.FromSeconds(5);

    private static readonly string[] s_nodeSchemes = ["http", "https"];
    private static readonly string[] s_poolSchemes = ["stratum+tcp", "stratum+ssl"];

    /// <summary><c>embedded</c>, <c>node</c> or <c>pool</c>. Default: what the URL says.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Where it is: <c>http://host:8332</c> or https for a node, <c>stratum+tcp://host:3333</c> or
    /// <c>stratum+ssl://host:4333</c> for a pool.</summary>
    public string Url { get; set; } = "";

    /// <summary>A node's RPC user; a pool's worker, mostly account or address with <c>.worker</c>.</summary>
    public string User { get; set; } = "";

    /// <summary>The user's password. Never logged. A pool mostly takes any.</summary>
    public string Password { get; set; } = "";

    /// <summary>The file in which a node leaves a login at each of its starts; instead of user and password.</summary>
    public string CookieFile { get; set; } = "";

    /// <summary>A node's coin, one of tools/Bitcoin/coins. Default bitcoin.</summary>
    public string Coin { get; set; } = DefaultCoin;

    /// <summary>Where a node's blocks pay to: an address of its coin. A node needs one.</summary>
    public string PayoutAddress { get; set; } = "";

    /// <summary>Authorities, PEM, for a pool whose certificate the system does not know. Default none.</summary>
    public string AuthorityFile { get; set; } = "";

    /// <summary>How long an answer may take, 1 s to 1 min. Default 5 s.</summary>
    public TimeSpan Timeout { get; set; } = s_defaultTimeout;

    internal UpstreamKind? ParsedKind => Kind.Length > 0
        ? Enum.TryParse(Kind, ignoreCase: true, out UpstreamKind kind) && !char.IsAsciiDigit(Kind[0]) ? kind : null
        : Scheme is { } scheme && s_poolSchemes.Contains(scheme) ? UpstreamKind.Pool
        : Scheme is { } other && s_nodeSchemes.Contains(other) ? UpstreamKind.Node
        : Url.Length == 0 ? UpstreamKind.Embedded : null;

    internal Uri Uri => new(Url);

    private string? Scheme => Uri.TryCreate(Url, UriKind.Absolute, out Uri? uri) ? uri.Scheme : null;

    internal static void Check(string list, IList<UpstreamOptions> upstreams, ConfigurationProblems problems)
    {
        for (int i = 0; i < upstreams.Count; i++)
        {
            upstreams[i].Check($"{list}:{i}", problems);
        }

        if (upstreams.Count(upstream => upstream.ParsedKind == UpstreamKind.Embedded) > 1)
        {
            problems.Add(list, "embedded", "is there twice; the gateway carries one chain: leave one of them out");
        }
    }

    /// <param name="section">What its keys are named by.</param>
    /// <param name="problems">Told of everything that is wrong.</param>
    /// <param name="needsPayout">False where a node is asked only, and no block is made.</param>
    internal void Check(string section, ConfigurationProblems problems, bool needsPayout = true)
    {
        switch (ParsedKind)
        {
            case UpstreamKind.Node:
                CheckUrl(section, s_nodeSchemes, "http://127.0.0.1:8332", problems);
                CheckNode(section, needsPayout, problems);
                break;
            case UpstreamKind.Pool:
                CheckUrl(section, s_poolSchemes, "stratum+tcp://pool.example:3333", problems);
                CheckPool(section, problems);
                break;
            case null when Kind.Length > 0:
                problems.Add($"{section}:{nameof(Kind)}", Kind, "is not known; take embedded, node or pool");
                break;
            case null:
                problems.Add($"{section}:{nameof(Url)}", Shown(Url), "is no upstream; write for example "
                    + "stratum+tcp://pool.example:3333, or http://127.0.0.1:8332 for a node");
                break;
        }

        problems.Range($"{section}:{nameof(Timeout)}", Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>The script of a payout address that was checked.</summary>
    internal byte[] PayoutScript() =>
        Address.TryToScript(PayoutAddress, Bitcoin.Coin.Find(Coin).Addresses, out byte[] script) ? script : [];

    /// <summary>What may be shown of an URL: not what stands before the @.</summary>
    private static string Shown(string url) => url.LastIndexOf('@') is > 0 and var at ? "***" + url[at..] : url;

    private void CheckUrl(string section, string[] schemes, string example, ConfigurationProblems problems)
    {
        string key = $"{section}:{nameof(Url)}";
        if (!Uri.TryCreate(Url, UriKind.Absolute, out Uri? uri) || !schemes.Contains(uri.Scheme)
            || uri.Host.Length == 0)
        {
            problems.Add(key, Shown(Url), $"is not an URL with {string.Join(" or ", schemes)}; write for example "
                + example);
        }
        else if (uri.UserInfo.Length > 0)
        {
            problems.Add(key, Shown(Url), $"holds a login; write that into {section}:{nameof(User)} and "
                + $"{section}:{nameof(Password)}, which are not logged");
        }
        else if (uri.Port <= 0)
        {
            problems.Add(key, Url, $"names no port; write for example {example}");
        }
    }

    private void CheckNode(string section, bool needsPayout, ConfigurationProblems problems)
    {
        if (!Bitcoin.Coin.All.TryGetValue(Coin, out Coin? coin))
        {
            problems.Add($"{section}:{nameof(Coin)}", Coin,
                "is not known; take one of " + string.Join(", ", Bitcoin.Coin.All.Keys.Order()));
        }
        else if (needsPayout && coin.Template.Rules.Contains("signet"))
        {
            problems.Add($"{section}:{nameof(Coin)}", Coin, "cannot be mined here: its blocks need a signature");
        }
        else if (needsPayout && PayoutScript().Length == 0)
        {
            problems.Add($"{section}:{nameof(PayoutAddress)}", PayoutAddress, PayoutAddress.Length == 0
                ? $"is missing: blocks must pay to somebody; write an address of {coin.Title} that is yours"
                : $"is not an address of {coin.Title}");
        }

        if (CookieFile.Length > 0 && (User.Length > 0 || Password.Length > 0))
        {
            problems.Add($"{section}:{nameof(CookieFile)}", CookieFile,
                $"stands beside {nameof(User)} or {nameof(Password)}; leave one of them out");
        }
    }

    private void CheckPool(string section, ConfigurationProblems problems)
    {
        if (User.Length == 0)
        {
            problems.Add($"{section}:{nameof(User)}", User, "is empty; write the pool's worker, mostly your account or "
                + "address, and .name");
        }

        if (AuthorityFile.Length == 0)
        {
            return;
        }

        try
        {
            LoadAuthorities();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"{section}:{nameof(AuthorityFile)}", AuthorityFile, $"cannot be used: {e.Message}");
        }
    }

    /// <summary>The authorities that a pool's certificate is checked with; null for the system's.</summary>
    internal X509Certificate2Collection? LoadAuthorities()
    {
        if (AuthorityFile.Length == 0)
        {
            return null;
        }

        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(AuthorityFile);
        return authorities.Count > 0
            ? authorities
            : throw new CryptographicException("It holds no certificate in PEM.");
    }
}
