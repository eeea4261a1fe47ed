using System.Security.Cryptography;
using System.Text;

namespace MicroFirmware.Paywall.Tokens;

/// <summary>
/// A bearer token whose holder can narrow it and nobody can widen it: a chain of HMAC-SHA256 over an identifier and its
/// caveats ("Macaroons", Birgisson et al., 2014; first-party caveats only).
/// </summary>
/// <remarks>
/// <code>
/// signature 0 = HMAC(HMAC("macaroons-key-generator", root key), identifier)
/// signature n = HMAC(signature n-1, caveat n)
/// </code>
/// </remarks>
public sealed class Macaroon
{
    /// <summary>Octets of a root key and of a signature.</summary>
    public const int KeySize = 32;

    private static readonly byte[] s_generator = Encoding.ASCII.GetBytes("macaroons-key-generator");

    internal Macaroon(string location, byte[] identifier, IReadOnlyList<byte[]> caveats, byte[] signature) =>
        (Location, Identifier, Caveats, Signature) = (location, identifier, caveats, signature);

    /// <summary>Where it is meant for. Not under the signature.</summary>
    public string Location { get; }

    /// <summary>What its maker knows it by.</summary>
    public byte[] Identifier { get; }

    /// <summary>What it is limited to, the oldest first.</summary>
    public IReadOnlyList<byte[]> Caveats { get; }

    /// <summary>32 octets.</summary>
    public byte[] Signature { get; }

    /// <summary>Makes one that is limited to nothing yet.</summary>
    /// <param name="rootKey">Its maker's secret.</param>
    /// <param name="location">Where it is meant for.</param>
    /// <param name="identifier">What its maker knows it by.</param>
    public static Macaroon Create(ReadOnlySpan<byte> rootKey, string location, byte[] identifier) =>
        new(location, identifier, [], HMACSHA256.HashData(HMACSHA256.HashData(s_generator, rootKey), identifier));

    /// <summary>The same with one limit more; anybody who holds it can do this.</summary>
    /// <param name="caveat">Such as <c>path=/articles/1</c>.</param>
    public Macaroon With(string caveat)
    {
        byte[] octets = Encoding.UTF8.GetBytes(caveat);
        return new Macaroon(Location, Identifier, [.. Caveats, octets], HMACSHA256.HashData(Signature, octets));
    }

    /// <summary>Whether it descends from one that was made with this root key. The time this takes says nothing about
    /// the signature.</summary>
    public bool IsSignedWith(ReadOnlySpan<byte> rootKey)
    {
        Span<byte> key = stackalloc byte[KeySize];
        Span<byte> next = stackalloc byte[KeySize];
        HMACSHA256.HashData(s_generator, rootKey, next);
        next.CopyTo(key);
        HMACSHA256.HashData(key, Identifier, next);
        foreach (byte[] caveat in Caveats)
        {
            next.CopyTo(key);
            HMACSHA256.HashData(key, caveat, next);
        }

        return CryptographicOperations.FixedTimeEquals(next, Signature);
    }
}
