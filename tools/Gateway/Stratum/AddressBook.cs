using System.Net;
using MicroFirmware.Addresses;
using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Stratum;

/// <summary>
/// Who may connect, address by address: so many at once, so many a second, and nobody who is banned. A ban follows when
/// connections are closed for cause again and again; each is twice as long as the one before, and that is forgotten
/// over time. A network of IPv6 counts as one address. The book has an end. Safe for use by many threads.
/// </summary>
internal sealed class AddressBook(Live<StratumOptions> options, GatewayClock clock)
{
    /// <summary>Addresses that are remembered; beyond, those that have nothing open and no ban are forgotten.</summary>
    public const int MaxAddresses = 65_536;

    /// <summary>Connections closed for cause, in quick succession, that a ban takes.</summary>
    public const int BlamesPerBan = 10;

    // With this an address that errs once a minute is never banned.
    private const double BlamesForgivenPerSecond = 0.1;
    private const int MaxStrikes = 6;

    private static readonly TimeSpan s_firstBan = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_strikeForgiven = TimeSpan.FromHours(1);

    private readonly Lock _sync = new();
    private readonly Dictionary<IPAddress, Entry> _entries = [];
    private long _refused;

    /// <summary>Connections that were not let in since the start.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Addresses in the book.</summary>
    public int Count
    {
        get
        {
            lock (_sync)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Lets a connection in, or not.</summary>
    /// <param name="from">Where it comes from.</param>
    /// <param name="address">For <see cref="Leave"/> and <see cref="Blame"/>.</param>
    public bool TryEnter(EndPoint? from, out IPAddress address)
    {
        address = KeyOf(from);
        lock (_sync)
        {
            bool good = TryEnter(EntryOf(address), clock.Now);
            _refused += good ? 0 : 1;
            return good;
        }
    }

    /// <summary>A connection that was let in has ended.</summary>
    public void Leave(IPAddress address)
    {
        lock (_sync)
        {
            if (_entries.TryGetValue(address, out Entry? entry))
            {
                entry.Open--;
            }
        }
    }

    /// <summary>A connection was closed for cause.</summary>
    public void Blame(IPAddress address)
    {
        lock (_sync)
        {
            TimeSpan now = clock.Now;
            Entry entry = EntryOf(address);
            double forgiven = (now - entry.BlamedAt).TotalSeconds * BlamesForgivenPerSecond;
            entry.Blames = Math.Max(0, entry.Blames - forgiven) + 1;
            entry.BlamedAt = now;
            if (entry.Blames >= BlamesPerBan)
            {
                Ban(entry, now);
            }
        }
    }

    private static IPAddress KeyOf(EndPoint? from) =>
        from is IPEndPoint { Address: { } address } ? ClientNetwork.Of(address) : IPAddress.None;

    private static void Ban(Entry entry, TimeSpan now)
    {
        int forgiven = (int)Math.Max(0, (now - entry.BannedUntil) / s_strikeForgiven);
        entry.Strikes = Math.Max(0, entry.Strikes - forgiven);
        entry.BannedUntil = now + (s_firstBan * (1 << entry.Strikes));
        entry.Strikes = Math.Min(MaxStrikes, entry.Strikes + 1);
        entry.Blames = 0;
    }

    private bool TryEnter(Entry entry, TimeSpan now)
    {
        StratumOptions bounds = options.Now;
        long second = (long)now.TotalSeconds;
        entry.Connects = entry.Second == second ? entry.Connects + 1 : 1;
        entry.Second = second;
        if (now < entry.BannedUntil
            || (bounds.MaxConnectionsPerAddress > 0 && entry.Open >= bounds.MaxConnectionsPerAddress)
            || (bounds.MaxConnectsPerAddressPerSecond > 0 && entry.Connects > bounds.MaxConnectsPerAddressPerSecond))
        {
            return false;
        }

        entry.Open++;
        return true;
    }

    private Entry EntryOf(IPAddress address)
    {
        if (_entries.TryGetValue(address, out Entry? entry))
        {
            return entry;
        }

        if (_entries.Count >= MaxAddresses)
        {
            Forget(clock.Now);
        }

        return _entries[address] = new Entry();
    }

    private void Forget(TimeSpan now)
    {
        // Bans go last, and the shortest of them first; a sixteenth at a time, so that a flood costs a pass a thousand.
        IEnumerable<IPAddress> oldest = _entries.Where(pair => pair.Value.Open == 0)
            .OrderBy(pair => pair.Value.BannedUntil > now ? pair.Value.BannedUntil : default)
            .ThenBy(pair => pair.Value.Second)
            .Select(pair => pair.Key);
        foreach (IPAddress address in oldest.Take(MaxAddresses / 16).ToArray())
        {
            _entries.Remove(address);
        }
    }

    private sealed class Entry
    {
        public int Open;
        public int Connects;
        public int Strikes;
        public long Second = -1;
        public double Blames;
        public TimeSpan BlamedAt;
        public TimeSpan BannedUntil;
    }
}
