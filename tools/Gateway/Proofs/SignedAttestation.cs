using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>
/// An attestation with the gateway's signature: JWS (RFC 7515 §7.2.2, flattened JSON), ES256 with the key of the
/// gateway's certificate authority, whose certificate boards and customers have anyway. What is signed begins with
/// <c>ey</c>, a certificate with 30 hexadecimal: one cannot pass for the other.
/// </summary>
/// <param name="Payload">The <see cref="AttestationContent"/>, base64url.</param>
/// <param name="Protected">Algorithm and the certificate's SHA-256, base64url.</param>
/// <param name="Signature">ES256 over <c>protected.payload</c>, base64url.</param>
public sealed record SignedAttestation(string Payload, string Protected, string Signature)
{
    private const string Algorithm = "ES256";
    private const string Kind = "micro-proof+json";
    private const string Thumbprint = "x5t#S256";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Signs.</summary>
    /// <param name="content">What is attested.</param>
    /// <param name="authority">The authority's certificate, with its key.</param>
    public static SignedAttestation Sign(AttestationContent content, X509Certificate2 authority)
    {
        Dictionary<string, string> header = new()
        {
            ["alg"] = Algorithm,
            ["typ"] = Kind,
            [Thumbprint] = ThumbprintOf(authority),
        };
        string payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content, s_json));
        string head = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header, s_json));
        using ECDsa key = authority.GetECDsaPrivateKey()!;
        byte[] signature = key.SignData(Signed(head, payload), HashAlgorithmName.SHA256);
        return new SignedAttestation(payload, head, Base64Url.EncodeToString(signature));
    }

    /// <summary>Checks the signature.</summary>
    /// <param name="authority">The certificate of the gateway's authority.</param>
    /// <param name="content">What is attested; null where the signature is not good.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Verify(X509Certificate2 authority, out AttestationContent? content)
    {
        content = null;
        try
        {
            Dictionary<string, string> header = Read<Dictionary<string, string>>(Protected);
            if (header.GetValueOrDefault("alg") != Algorithm || header.GetValueOrDefault("typ") != Kind
                || header.ContainsKey("crit"))
            {
                return "this is not an attestation of a proof";
            }

            if (header.GetValueOrDefault(Thumbprint) != ThumbprintOf(authority))
            {
                return "another gateway's authority has signed it";
            }

            using ECDsa? key = authority.GetECDsaPublicKey();
            byte[] signature = Base64Url.DecodeFromChars(Signature);
            if (key is null || !key.VerifyData(Signed(Protected, Payload), signature, HashAlgorithmName.SHA256))
            {
                return "the signature is not the gateway's: it was changed, or made up";
            }

            content = Read<AttestationContent>(Payload);
            return null;
        }
        catch (Exception e) when (e is JsonException or FormatException or CryptographicException)
        {
            return "this is not an attestation, or not whole";
        }
    }

    private static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(text), s_json) ?? throw new JsonException();

    private static byte[] Signed(string head, string payload) => Encoding.ASCII.GetBytes($"{head}.{payload}");

    private static string ThumbprintOf(X509Certificate2 authority) =>
        Base64Url.EncodeToString(SHA256.HashData(authority.RawData));
}
