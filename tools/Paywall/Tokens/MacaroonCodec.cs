using System.Text;

namespace MicroFirmware.Paywall.Tokens;

/// <summary>
/// The binary format of macaroons, version 2 (libmacaroons <c>doc/format.txt</c>). One token has one spelling: what
/// could be written otherwise is refused.
/// </summary>
/// <remarks>
/// Not here: third-party caveats (type 4), which would need a discharge; a token that has one is refused.
/// <code>
/// 02                                            version
/// 01 length location                            may be missing
/// 02 length identifier
/// 00
/// ( 02 length caveat 00 )                       each caveat
/// 00
/// 06 20 signature, 32 octets
/// lengths: 7 bits an octet, least significant first, the top bit says that more follow
/// </code>
/// </remarks>
public static class MacaroonCodec
{
    /// <summary>Octets of the longest token that is read.</summary>
    public const int MaxOctets = 1_024;

    /// <summary>Caveats of a token that is read.</summary>
    public const int MaxCaveats = 24;

    private const byte Version = 2;
    private const byte EndOfSection = 0;
    private const byte LocationType = 1;
    private const byte IdentifierType = 2;
    private const byte SignatureType = 6;

    /// <summary>Writes a token.</summary>
    public static byte[] Write(Macaroon macaroon)
    {
        List<byte> octets = [Version];
        if (macaroon.Location.Length > 0)
        {
            Append(octets, LocationType, Encoding.UTF8.GetBytes(macaroon.Location));
        }

        Append(octets, IdentifierType, macaroon.Identifier);
        octets.Add(EndOfSection);
        foreach (byte[] caveat in macaroon.Caveats)
        {
            Append(octets, IdentifierType, caveat);
            octets.Add(EndOfSection);
        }

        octets.Add(EndOfSection);
        Append(octets, SignatureType, macaroon.Signature);
        return [.. octets];
    }

    /// <summary>Reads a token. What it claims is not yet proven.</summary>
    /// <returns>False, and null, where it is cut, too long, or spelled otherwise than <see cref="Write"/> does.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> octets, out Macaroon? macaroon)
    {
        macaroon = null;
        if (octets.Length is 0 or > MaxOctets || octets[0] != Version)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = octets[1..];
        List<byte[]> caveats = [];
        ReadOnlySpan<byte> location = [];
        if (rest is [LocationType, ..] && (!TryTake(ref rest, LocationType, out location) || location.IsEmpty))
        {
            return false;
        }

        if (!Ascii.IsValid(location) || !TryTakeSection(ref rest, out byte[] identifier))
        {
            return false;
        }

        while (rest is [IdentifierType, ..])
        {
            if (caveats.Count == MaxCaveats || !TryTakeSection(ref rest, out byte[] caveat))
            {
                return false;
            }

            caveats.Add(caveat);
        }

        bool isWhole = TryTakeEnd(ref rest) && TryTake(ref rest, SignatureType, out ReadOnlySpan<byte> signature)
            && signature.Length == Macaroon.KeySize && rest.IsEmpty;
        macaroon = isWhole
            ? new Macaroon(
                Encoding.ASCII.GetString(location), identifier, caveats, octets[^Macaroon.KeySize..].ToArray())
            : null;
        return isWhole;
    }

    private static void Append(List<byte> octets, byte type, byte[] data)
    {
        octets.Add(type);
        int length = data.Length;
        for (; length >= 0x80; length >>= 7)
        {
            octets.Add((byte)(length | 0x80));
        }

        octets.Add((byte)length);
        octets.AddRange(data);
    }

    private static bool TryTakeSection(scoped ref ReadOnlySpan<byte> rest, out byte[] data)
    {
        bool good = TryTake(ref rest, IdentifierType, out ReadOnlySpan<byte> taken) && TryTakeEnd(ref rest);
        data = good ? taken.ToArray() : [];
        return good;
    }

    private static bool TryTakeEnd(scoped ref ReadOnlySpan<byte> rest)
    {
        bool isEnd = rest is [EndOfSection, ..];
        rest = isEnd ? rest[1..] : rest;
        return isEnd;
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> rest, byte type, out ReadOnlySpan<byte> data)
    {
        data = [];
        if (rest.Length < 2 || rest[0] != type)
        {
            return false;
        }

        // Two octets of length go beyond any token that is read; a second octet of zero is another spelling of one.
        bool isShort = rest[1] < 0x80;
        if (!isShort && (rest.Length < 3 || rest[2] is 0 or >= 0x80))
        {
            return false;
        }

        int length = isShort ? rest[1] : (rest[1] & 0x7f) | (rest[2] << 7);
        int start = isShort ? 2 : 3;
        if (rest.Length - start < length)
        {
            return false;
        }

        data = rest.Slice(start, length);
        rest = rest[(start + length)..];
        return true;
    }
}
