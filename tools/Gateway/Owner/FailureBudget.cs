using System.Net;
using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Owner;

/// <summary>
/// Counts wrong tokens and codes by address, within a minute: who has used up its failures is refused unheard.
/// </summary>
internal sealed class FailureBudget(OwnerOptions options, GatewayClock clock)
{
    /// <summary>How long failures count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Above it all strangers share one budget: an attacker with a whole network buys no memory and no more attempts.
    private const int MaxAddresses = 4_096;
    private const int NetworkOctets = 8;
    private static readonly IPAddress s_everybodyElse = IPAddress.None;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _failures = [];
    private TimeSpan _begun;

    /// <summary>Whether an address may still try.</summary>
    public bool HasRoom(IPAddress address)
    {
        lock (_gate)
        {
            Renew();
            return _failures.GetValueOrDefault(Slot(address)) < options.MaxFailuresPerMinute;
        }
    }

    /// <summary>An attempt has failed.</summary>
    public void Count(IPAddress address)
    {
        lock (_gate)
        {
            Renew();
            IPAddress slot = Slot(address);
            _failures[slot] = _failures.GetValueOrDefault(slot) + 1;
        }
    }

    private void Renew()
    {
        TimeSpan now = clock.Now;
        if (now - _begun >= Window)
        {
            _begun = now;
            _failures.Clear();
        }
    }

    private IPAddress Slot(IPAddress address)
    {
        IPAddress network = NetworkOf(address);
        return _failures.ContainsKey(network) || _failures.Count < MaxAddresses ? network : s_everybodyElse;
    }

    /// <summary>One subscriber has a /64 of IPv6, with more addresses than anybody can count.</summary>
    public static IPAddress NetworkOf(IPAddress address)
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
