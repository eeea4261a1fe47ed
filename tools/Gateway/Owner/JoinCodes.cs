using System.Security.Cryptography;
using System.Text;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Owner;

/// <summary>
/// Codes that let whoever has one enrol one board, for a while: for a helper who is not the owner. They live in memory
/// only; a restart forgets them.
/// </summary>
internal sealed class JoinCodes(CertificateAuthority authority, OwnerOptions options, TimeProvider time)
{
    // More than an owner hands out in a day; it bounds the comparisons of an attempt.
    private const int MaxCodes = 100;

    private readonly Lock _gate = new();
    private readonly List<(byte[] Digest, DateTimeOffset End)> _codes = [];

    /// <summary>A new code; the oldest is dropped when there are too many.</summary>
    public (AccessCode Code, DateTimeOffset End) Create()
    {
        AccessCode code = AccessCode.Create(AccessCode.JoinOctets, authority.Certificate);
        DateTimeOffset end = time.GetUtcNow() + options.JoinCodeLife;
        lock (_gate)
        {
            DropOld();
            if (_codes.Count == MaxCodes)
            {
                _codes.RemoveAt(0);
            }

            _codes.Add((DigestOf(code.Secret), end));
        }

        return (code, end);
    }

    /// <summary>Whether a secret is a code's that is still good.</summary>
    public bool IsGood(string secret)
    {
        lock (_gate)
        {
            return Find(secret) >= 0;
        }
    }

    /// <summary>Uses a code up.</summary>
    /// <returns>False when somebody else was faster.</returns>
    public bool TryUse(string secret)
    {
        lock (_gate)
        {
            int found = Find(secret);
            if (found >= 0)
            {
                _codes.RemoveAt(found);
            }

            return found >= 0;
        }
    }

    /// <summary>Compares with every code, so that the time taken says nothing about any of them.</summary>
    private int Find(string secret)
    {
        DropOld();
        byte[] digest = DigestOf(secret);
        int found = -1;
        for (int i = 0; i < _codes.Count; i++)
        {
            found = CryptographicOperations.FixedTimeEquals(_codes[i].Digest, digest) ? i : found;
        }

        return found;
    }

    private void DropOld()
    {
        DateTimeOffset now = time.GetUtcNow();
        _codes.RemoveAll(code => code.End <= now);
    }

    private static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
