using System.Net;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>Where a pool's <c>client.reconnect</c> may lead: to the same domain only, since anybody who speaks in
/// between could say it.</summary>
internal static class PoolDomain
{
    /// <summary>A country's two letters and a short word before them are an address book, not an owner: co.uk.
    /// </summary>
    private const int CountryLength = 2;
    private const int ShortLength = 3;

    /// <summary>The URL that a pool names, if it may be followed.</summary>
    /// <param name="at">Where it is reached now.</param>
    /// <param name="host">The new host; empty for the same.</param>
    /// <param name="port">The new port; 0 for the same.</param>
    /// <returns>Null where it leads elsewhere.</returns>
    public static Uri? Follow(Uri at, string host, int port)
    {
        string next = host.Length == 0 ? at.Host : host;
        if (Uri.CheckHostName(next) == UriHostNameType.Unknown || !IsSame(at.Host, next))
        {
            return null;
        }

        return new UriBuilder(at.Scheme, next, port == 0 ? at.Port : port).Uri;
    }

    /// <summary>Whether two hosts belong to one owner: equal, or under the same registered name.</summary>
    public static bool IsSame(string one, string other)
    {
        if (one.Equals(other, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return !IPAddress.TryParse(one, out _) && !IPAddress.TryParse(other, out _)
            && Owner(one) is { } owner && owner.Equals(Owner(other), StringComparison.OrdinalIgnoreCase);
    }

    private static string? Owner(string host)
    {
        string[] labels = host.TrimEnd('.').Split('.');
        if (labels.Length < 2)
        {
            return null;
        }

        int count = labels[^1].Length == CountryLength && labels[^2].Length <= ShortLength ? 3 : 2;
        return labels.Length < count ? null : string.Join('.', labels[^count..]);
    }
}
