using System.Text;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Lightning.Addresses;

/// <summary>
/// Whom to pay, where it is not an invoice: a Lightning address (<c>user@domain</c>, LUD-16) or an LNURL (bech32,
/// LUD-01). Both lead to a page that says how.
/// </summary>
/// <param name="Text">As it was written.</param>
/// <param name="Url">The page.</param>
public sealed record PayTarget(string Text, Uri Url)
{
    /// <summary>Characters of the longest target that is read.</summary>
    public const int MaxLength = 2_000;

    private const string UriScheme = "lightning:";
    private const string LnurlPrefix = "lnurl";

    /// <summary>Reads a target; false for anything else, addresses of hidden services and pages without TLS among it.
    /// </summary>
    public static bool TryParse(string text, out PayTarget? target)
    {
        string clean = text.Trim();
        clean = clean.StartsWith(UriScheme, StringComparison.OrdinalIgnoreCase) ? clean[UriScheme.Length..] : clean;
        Uri? url = clean.Length > MaxLength ? null : clean.Contains('@') ? OfAddress(clean) : OfLnurl(clean);
        target = url is null ? null : new PayTarget(clean, url);
        return target is not null;
    }

    private static Uri? OfAddress(string text)
    {
        int at = text.IndexOf('@');
        (string user, string domain) = (text[..at].ToLowerInvariant(), text[(at + 1)..].ToLowerInvariant());
        bool good = user.Length > 0 && user.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+')
            && domain.Contains('.') && !domain.EndsWith(".onion", StringComparison.Ordinal)
            && Uri.CheckHostName(domain) == UriHostNameType.Dns;
        return good ? new Uri($"https://{domain}/.well-known/lnurlp/{Uri.EscapeDataString(user)}") : null;
    }

    private static Uri? OfLnurl(string text)
    {
        if (!Bech32.TryDecodeGroups(text, MaxLength, out string hrp, out byte[] groups) || hrp != LnurlPrefix
            || BitGroups.Regroup(groups, 5, 8, pad: false) is not { } octets)
        {
            return null;
        }

        return Uri.TryCreate(Encoding.UTF8.GetString(octets), UriKind.Absolute, out Uri? url)
            && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 ? url : null;
    }
}
