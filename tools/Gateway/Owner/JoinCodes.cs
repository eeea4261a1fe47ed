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
    private const int NumberOctets = 8;

    private readonly Lock _gate = new();
    private readonly List<(byte[] Digest, JoinTicket Ticket)> _codes = [];

    // Used or over, they are looked at for a while: how far has the board come?
    private readonly Queue<JoinTicket> _shown = [];

    /// <summary>A new code; the oldest is dropped when there are too many.</summary>
    /// <param name="wish">What is known of the board that will use it.</param>
    public JoinTicket Create(JoinWish? wish = null)
    {
        AccessCode code = AccessCode.Create(AccessCode.JoinOctets, authority.Certificate);
        string number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NumberOctets));
        JoinTicket ticket = new(number, code, time.GetUtcNow() + options.JoinCodeLife, wish ?? JoinWish.None);
        lock (_gate)
        {
            DropOld();
            if (_codes.Count == MaxCodes)
            {
                _codes.RemoveAt(0);
            }

            _codes.Add((DigestOf(code.Secret), ticket));
            _shown.Enqueue(ticket);
            if (_shown.Count > MaxCodes)
            {
                _shown.Dequeue();
            }
        }

        return ticket;
    }

    /// <summary>The ticket of a number, used or not; null for one that is not known, or forgotten.</summary>
    public JoinTicket? Find(string number)
    {
        lock (_gate)
        {
            return _shown.FirstOrDefault(ticket => ticket.Number == number);
        }
    }

    /// <summary>Whether a secret is a code's that is still good.</summary>
    public bool IsGood(string secret)
    {
        lock (_gate)
        {
            return PlaceOf(secret) >= 0;
        }
    }

    /// <summary>Uses a code up.</summary>
    /// <returns>Null when somebody else was faster; else what to tell how it went.</returns>
    public JoinTicket? TryUse(string secret)
    {
        lock (_gate)
        {
            int found = PlaceOf(secret);
            if (found < 0)
            {
                return null;
            }

            JoinTicket ticket = _codes[found].Ticket;
            _codes.RemoveAt(found);
            return ticket;
        }
    }

    /// <summary>Compares with every code, so that the time taken says nothing about any of them.</summary>
    private int PlaceOf(string secret)
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
        _codes.RemoveAll(code => code.Ticket.End <= now);
    }

    private static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
