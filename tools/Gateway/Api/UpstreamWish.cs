using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Api;

/// <summary>An upstream as somebody writes it; what is left out is as in the settings' defaults.</summary>
/// <param name="Url"><c>stratum+tcp://</c>, <c>stratum+ssl://</c> or <c>http://</c>; null for the embedded chain.
/// </param>
/// <param name="User">A pool's worker, a node's RPC user.</param>
/// <param name="Password">Its password; null keeps that of the same address and user in the list there is.</param>
/// <param name="CookieFile">A node's own login, on the gateway's machine.</param>
/// <param name="Coin">Of a node.</param>
/// <param name="PayoutAddress">Where a node's blocks pay to.</param>
/// <param name="AuthorityFile">PEM, for a pool's certificate, on the gateway's machine.</param>
internal sealed record UpstreamWish(
    string? Url = null,
    string? User = null,
    string? Password = null,
    string? CookieFile = null,
    string? Coin = null,
    string? PayoutAddress = null,
    string? AuthorityFile = null)
{
    /// <summary>The same as options.</summary>
    /// <param name="known">The list there is, whose passwords may be kept.</param>
    public UpstreamOptions ToOptions(IEnumerable<UpstreamOptions> known)
    {
        UpstreamOptions options = new()
        {
            Kind = Url is null ? "embedded" : "",
            Url = Url ?? "",
            User = User ?? "",
            CookieFile = CookieFile ?? "",
            PayoutAddress = PayoutAddress ?? "",
            AuthorityFile = AuthorityFile ?? "",
        };
        options.Coin = Coin ?? options.Coin;
        options.Password = Password
            ?? known.FirstOrDefault(one => one.Url == options.Url && one.User == options.User)?.Password ?? "";
        return options;
    }

    /// <summary>Never the password.</summary>
    public override string ToString() => Url ?? "embedded";
}
