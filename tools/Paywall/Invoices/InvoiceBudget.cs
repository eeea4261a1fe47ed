using System.Net;

namespace MicroFirmware.Paywall.Invoices;

/// <summary>
/// Counts the invoices that an address has asked for within a minute: a node keeps every one of them, and strangers get
/// them for nothing.
/// </summary>
internal sealed class InvoiceBudget(int maxPerMinute, TimeProvider time)
{
    /// <summary>How long an invoice counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Above it all strangers share one budget: an attacker with a whole network buys no memory.
    private const int MaxAddresses = 4_096;
    private const int NetworkOctets = 8;
    private static readonly IPAddress s_everybodyElse = IPAddress.None;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _asked = [];
    private long _begun = time.GetTimestamp();

    /// <summary>Counts an invoice.</summary>
    /// <returns>False when the address has had all of this minute.</returns>
    public bool TryTake(IPAddress address)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_begun) >= Window)
            {
                _begun = time.GetTimestamp();
                _asked.Clear();
            }

            IPAddress network = NetworkOf(address);
            IPAddress slot = _asked.ContainsKey(network) || _asked.Count < MaxAddresses ? network : s_everybodyElse;
            int asked = _asked.GetValueOrDefault(slot);
            _asked[slot] = Math.Min(asked + 1, maxPerMinute);
            return asked < maxPerMinute;
        }
    }

    /// <summary>One subscriber has a /64 of IPv6, with more addresses than anybody can count.</summary>
    private static IPAddress NetworkOf(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        byte[] octets = address.GetAddressBytes();
        if (octets.Length > NetworkOctets)
        {
            octets.AsSpan(NetworkOctets).Clear();
        }

        return new IPAddress(octets);
    }
}
