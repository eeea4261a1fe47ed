using System.Globalization;
using System.Text;

namespace MicroFirmware.Paywall.Tokens;

/// <summary>
/// What a token's caveats allow. Each may come again, and then only tightens; one of another name is passed over.
/// <code>
/// msat=N       what was paid, thousandths of a satoshi
/// path=P       this path; with a slash at its end, everything below it too
/// expires=N    good until this second, since 1970 UTC
/// count=N      good for so many requests
/// </code>
/// </summary>
/// <param name="Msat">What was paid.</param>
/// <param name="Path">What it opens.</param>
/// <param name="ExpiresUnixSeconds">The last second in which it is good.</param>
/// <param name="Count">How many requests; null where they are not counted.</param>
/// <param name="MintedMsat">What was paid, as the maker wrote it: holders who narrow a token still paid that.</param>
/// <param name="MintedExpiresUnixSeconds">Its end as the maker wrote it.</param>
public sealed record TokenLimits(
    long Msat, string Path, long ExpiresUnixSeconds, long? Count, long MintedMsat, long MintedExpiresUnixSeconds)
{
    private const string MsatName = "msat";
    private const string PathName = "path";
    private const string ExpiresName = "expires";
    private const string CountName = "count";

    /// <summary>Limits a token for the first time.</summary>
    internal static Macaroon Write(Macaroon token, long msat, string path, long expiresUnixSeconds, long? count)
    {
        Macaroon limited = token.With(Number(MsatName, msat)).With($"{PathName}={path}")
            .With(Number(ExpiresName, expiresUnixSeconds));
        return count is { } uses ? limited.With(Number(CountName, uses)) : limited;
    }

    /// <summary>Reads the caveats of a token whose signature is good.</summary>
    /// <returns>False, and null, where one cannot be read or loosens one before it, or one of the first three is
    /// missing.</returns>
    public static bool TryRead(Macaroon token, out TokenLimits? limits)
    {
        limits = null;
        long? msat = null, expires = null, count = null, mintedMsat = null, mintedExpires = null;
        string? path = null;
        foreach (byte[] caveat in token.Caveats)
        {
            (string name, string value) = Split(caveat);
            bool tightens = name switch
            {
                MsatName => TryTighten(value, ref msat),
                ExpiresName => TryTighten(value, ref expires),
                CountName => TryTighten(value, ref count),
                PathName => TryTightenPath(value, ref path),
                _ => true,
            };
            if (!tightens)
            {
                return false;
            }

            (mintedMsat, mintedExpires) = (mintedMsat ?? msat, mintedExpires ?? expires);
        }

        bool isWhole = msat is not null && expires is not null && path is not null;
        limits = isWhole
            ? new TokenLimits(msat!.Value, path!, expires!.Value, count, mintedMsat!.Value, mintedExpires!.Value)
            : null;
        return isWhole;
    }

    /// <summary>Whether what opens <paramref name="outer"/> also opens this path.</summary>
    public static bool Covers(string outer, string path) => outer.EndsWith('/')
        ? path.StartsWith(outer, StringComparison.Ordinal)
        : path == outer;

    private static string Number(string name, long value) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}={value}");

    private static (string Name, string Value) Split(byte[] caveat)
    {
        int equals = Array.IndexOf(caveat, (byte)'=');
        return equals < 0
            ? ("", "")
            : (Encoding.Latin1.GetString(caveat, 0, equals), Encoding.UTF8.GetString(caveat.AsSpan(equals + 1)));
    }

    private static bool TryTighten(string text, ref long? value)
    {
        bool good = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number <= (value ?? long.MaxValue);
        value = good ? number : value;
        return good;
    }

    private static bool TryTightenPath(string text, ref string? path)
    {
        bool good = text.StartsWith('/') && (path is null || Covers(path, text));
        path = good ? text : path;
        return good;
    }
}
