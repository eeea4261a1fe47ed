using System.Security.Cryptography;
using System.Text;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Owner;

/// <summary>
/// Codes that let whoever has one enrol one board, for a while: for a helper who is not the owner. They are kept as
/// digests and outlive a restart; a use is on the disk before anything comes of it, so that a crash makes no code good
/// again. Safe for use by many threads.
/// </summary>
internal sealed class JoinCodes(
    AccessStore store, CertificateAuthority authority, Live<OwnerOptions> options, TimeProvider time)
{
    /// <summary>Codes that are known, good, used or over: more than an owner hands out in a day.</summary>
    public const int MaxCodes = 100;

    private const int NumberOctets = 8;

    private readonly Lock _gate = new();

    // The oldest first. Used or over, they are looked at for a while: how far has the board come?
    private readonly List<JoinTicket> _tickets = [];

    /// <summary>Takes a code from the store.</summary>
    public void Load(JoinTicket ticket) => _tickets.Add(ticket);

    /// <summary>A new code, which is on the disk; the oldest is dropped when there are too many.</summary>
    /// <param name="wish">What is known of the board that will use it.</param>
    /// <returns>Null when nothing can be stored.</returns>
    public async Task<JoinTicket?> CreateAsync(JoinWish? wish = null)
    {
        AccessCode code = AccessCode.Create(AccessCode.JoinOctets, authority.Certificate);
        string number = AccessSecret.Create(NumberOctets);
        JoinTicket ticket = new(
            number, AccessSecret.DigestOf(code.Secret), time.GetUtcNow() + options.Now.JoinCodeLife,
            wish ?? JoinWish.None)
        {
            Code = code,
        };
        Task? stored;
        lock (_gate)
        {
            stored = store.TryWrite(statements => statements.Put(ticket, time.GetUtcNow()));
            if (stored is null)
            {
                return null;
            }

            _tickets.Add(ticket);
            if (_tickets.Count > MaxCodes)
            {
                string oldest = _tickets[0].Number;
                _tickets.RemoveAt(0);
                _ = store.Write(statements => statements.DropJoinCode(oldest));
            }
        }

        await stored;
        return ticket;
    }

    /// <summary>The ticket of a number, used or not; null for one that is not known, or forgotten.</summary>
    public JoinTicket? Find(string number)
    {
        lock (_gate)
        {
            return _tickets.Find(ticket => ticket.Number == number);
        }
    }

    /// <summary>The newest tickets, the newest first.</summary>
    public IReadOnlyList<JoinTicket> All()
    {
        lock (_gate)
        {
            return [.. Enumerable.Reverse(_tickets)];
        }
    }

    /// <summary>Whether a secret is a code's that is still good.</summary>
    public bool IsGood(string secret)
    {
        lock (_gate)
        {
            return FindGood(secret) is not null;
        }
    }

    /// <summary>Uses a code up; returns when that is on the disk.</summary>
    /// <param name="secret">The code's secret.</param>
    /// <param name="device">The id of the board that uses it.</param>
    /// <returns>Null when somebody else was faster, or nothing can be stored and the code stays good; else what to tell
    /// how it went.</returns>
    public async Task<JoinTicket?> TryUseAsync(string secret, string device)
    {
        JoinTicket.Use use = new(device, null, time.GetUtcNow());
        JoinTicket? ticket;
        Task? stored;
        lock (_gate)
        {
            ticket = FindGood(secret);
            stored = ticket is null ? null : store.TryWrite(statements => statements.Settle(ticket.Number, use));
            if (stored is null)
            {
                return null;
            }

            ticket!.Settle(use);
        }

        await stored;
        return ticket;
    }

    /// <summary>Says what came of a code's use.</summary>
    public void Settle(JoinTicket ticket, string device, EnrolResult result)
    {
        JoinTicket.Use use = new(device, result, time.GetUtcNow());
        ticket.Settle(use);
        store.Note(statements => statements.Settle(ticket.Number, use));
    }

    /// <summary>Compares with every code, so that the time taken says nothing about any of them.</summary>
    private JoinTicket? FindGood(string secret)
    {
        DateTimeOffset now = time.GetUtcNow();
        byte[] digest = Encoding.ASCII.GetBytes(AccessSecret.DigestOf(secret));
        JoinTicket? found = null;
        foreach (JoinTicket ticket in _tickets)
        {
            bool isIt = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(ticket.Digest), digest);
            found = isIt && ticket.Used is null && ticket.End > now ? ticket : found;
        }

        return found;
    }
}
