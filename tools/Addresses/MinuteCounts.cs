using System.Net;

namespace MicroFirmware.Addresses;

/// <summary>
/// Counts what clients do within a minute, by <see cref="ClientNetwork"/>; all counts begin anew with the next minute.
/// Its memory is bounded. Safe for threads.
/// </summary>
internal sealed class MinuteCounts(TimeProvider time)
{
    /// <summary>How long a thing counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Above it all strangers share one count: an attacker with a whole network buys no memory and no more attempts.
    private const int MaxNetworks = 4_096;
    private static readonly IPAddress s_everybodyElse = IPAddress.None;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _counts = [];
    private long _begun = time.GetTimestamp();

    /// <summary>How often it was, this minute.</summary>
    public int Of(IPAddress address)
    {
        lock (_gate)
        {
            Renew();
            return _counts.GetValueOrDefault(Slot(address));
        }
    }

    /// <summary>Counts one more.</summary>
    /// <returns>How often it was with this one.</returns>
    public int Add(IPAddress address)
    {
        lock (_gate)
        {
            Renew();
            IPAddress slot = Slot(address);
            return _counts[slot] = _counts.GetValueOrDefault(slot) + 1;
        }
    }

    private void Renew()
    {
        if (time.GetElapsedTime(_begun) >= Window)
        {
            _begun = time.GetTimestamp();
            _counts.Clear();
        }
    }

    private IPAddress Slot(IPAddress address)
    {
        IPAddress network = ClientNetwork.Of(address);
        return _counts.ContainsKey(network) || _counts.Count < MaxNetworks ? network : s_everybodyElse;
    }
}
