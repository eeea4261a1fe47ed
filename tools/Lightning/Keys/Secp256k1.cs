using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace MicroFirmware.Lightning.Keys;

/// <summary>
/// Signatures on the curve secp256k1 (SEC 2 §2.4.1), with the public key recovered from them (SEC 1 §4.1.6).
/// </summary>
/// <remarks>The arithmetic is Bouncy Castle's, which does not claim constant time: sign only where nobody can measure.
/// </remarks>
public static class Secp256k1
{
    /// <summary>Octets of a compressed public key.</summary>
    public const int PublicKeySize = 33;

    /// <summary>Octets of a private key.</summary>
    public const int PrivateKeySize = 32;

    /// <summary>Octets of r and s.</summary>
    public const int SignatureSize = 64;

    private const int ScalarSize = 32;

    private static readonly X9ECParameters s_curve = CustomNamedCurves.GetByName("secp256k1");
    private static readonly BigInteger s_order = s_curve.N;
    private static readonly BigInteger s_halfOrder = s_curve.N.ShiftRight(1);
    private static readonly BigInteger s_prime = s_curve.Curve.Field.Characteristic;
    private static readonly ECDomainParameters s_domain = new(s_curve.Curve, s_curve.G, s_curve.N, s_curve.H);

    /// <summary>Whether s is in the lower half of its range: the one form that everybody accepts.</summary>
    /// <param name="signature">r and s, 64 octets.</param>
    public static bool IsLowS(ReadOnlySpan<byte> signature) =>
        Scalar(signature[ScalarSize..]).CompareTo(s_halfOrder) <= 0;

    /// <summary>The public key of a private one.</summary>
    /// <exception cref="ArgumentException">Not 32 octets in the curve's range.</exception>
    public static byte[] PublicKeyOf(ReadOnlySpan<byte> privateKey) =>
        s_domain.G.Multiply(PrivateScalar(privateKey)).Normalize().GetEncoded(compressed: true);

    /// <summary>Signs a digest; the same key and digest give the same signature (RFC 6979), with s in the lower half.
    /// </summary>
    /// <param name="digest">32 octets.</param>
    /// <param name="privateKey">32 octets.</param>
    /// <param name="recoveryId">0 to 3: which of the possible keys is the signer's.</param>
    /// <returns>r and s, 64 octets.</returns>
    /// <exception cref="ArgumentException">Not 32 octets in the curve's range.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> privateKey, out int recoveryId)
    {
        ECDsaSigner signer = new(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, new ECPrivateKeyParameters(PrivateScalar(privateKey), s_domain));
        BigInteger[] pair = signer.GenerateSignature(digest.ToArray());
        BigInteger s = pair[1].CompareTo(s_halfOrder) > 0 ? s_order.Subtract(pair[1]) : pair[1];
        byte[] signature = [.. Octets(pair[0]), .. Octets(s)];
        byte[] key = PublicKeyOf(privateKey);
        for (recoveryId = 0; recoveryId < 4; recoveryId++)
        {
            if (TryRecover(digest, signature, recoveryId, out byte[] found) && found.AsSpan().SequenceEqual(key))
            {
                return signature;
            }
        }

        throw new CryptographicException("The signature does not lead back to its key.");
    }

    /// <summary>Whether a signature was made with the private key of a public one.</summary>
    /// <param name="digest">32 octets.</param>
    /// <param name="signature">r and s, 64 octets.</param>
    /// <param name="publicKey">33 octets.</param>
    public static bool Verify(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> publicKey)
    {
        if (signature.Length != SignatureSize || !TryReadPoint(publicKey, out ECPoint? point))
        {
            return false;
        }

        ECDsaSigner signer = new();
        signer.Init(false, new ECPublicKeyParameters(point, s_domain));
        return signer.VerifySignature(
            digest.ToArray(), Scalar(signature[..ScalarSize]), Scalar(signature[ScalarSize..]));
    }

    /// <summary>The public key that a signature was made for.</summary>
    /// <param name="digest">32 octets.</param>
    /// <param name="signature">r and s, 64 octets.</param>
    /// <param name="recoveryId">0 to 3.</param>
    /// <param name="publicKey">33 octets.</param>
    /// <returns>False where there is no such key.</returns>
    public static bool TryRecover(
        ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, int recoveryId, out byte[] publicKey)
    {
        publicKey = [];
        if (recoveryId is < 0 or > 3 || signature.Length != SignatureSize)
        {
            return false;
        }

        BigInteger r = Scalar(signature[..ScalarSize]);
        BigInteger s = Scalar(signature[ScalarSize..]);
        BigInteger x = recoveryId >= 2 ? r.Add(s_order) : r;
        byte[] encoded = [(byte)(2 + (recoveryId & 1)), .. Octets(x.Mod(s_prime))];
        if (!IsScalar(r) || !IsScalar(s) || x.CompareTo(s_prime) >= 0 || !TryReadPoint(encoded, out ECPoint? nonce))
        {
            return false;
        }

        BigInteger inverse = r.ModInverse(s_order);
        BigInteger forBase = Scalar(digest).Negate().Multiply(inverse).Mod(s_order);
        BigInteger forNonce = s.Multiply(inverse).Mod(s_order);
        ECPoint key = ECAlgorithms.SumOfTwoMultiplies(s_domain.G, forBase, nonce, forNonce).Normalize();
        publicKey = key.IsInfinity ? [] : key.GetEncoded(compressed: true);
        return !key.IsInfinity;
    }

    private static bool TryReadPoint(ReadOnlySpan<byte> octets, out ECPoint? point)
    {
        point = null;
        if (octets.Length != PublicKeySize || octets[0] is not (2 or 3))
        {
            return false;
        }

        try
        {
            point = s_curve.Curve.DecodePoint(octets.ToArray());
            return point.IsValid() && !point.IsInfinity;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static BigInteger PrivateScalar(ReadOnlySpan<byte> privateKey) =>
        privateKey.Length == PrivateKeySize && IsScalar(Scalar(privateKey))
            ? Scalar(privateKey)
            : throw new ArgumentException("A private key is 32 octets in the curve's range.", nameof(privateKey));

    private static bool IsScalar(BigInteger number) => number.SignValue > 0 && number.CompareTo(s_order) < 0;

    private static BigInteger Scalar(ReadOnlySpan<byte> octets) => new(1, octets.ToArray());

    private static byte[] Octets(BigInteger number)
    {
        byte[] octets = number.ToByteArrayUnsigned();
        return [.. new byte[ScalarSize - octets.Length], .. octets];
    }
}
