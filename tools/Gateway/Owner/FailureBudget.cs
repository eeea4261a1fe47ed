using System.Net;
using MicroFirmware.Addresses;
using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Owner;

/// <summary>
/// Counts wrong tokens and codes by address, within a minute: who has used up its failures is refused unheard.
/// </summary>
internal sealed class FailureBudget(Live<OwnerOptions> options, GatewayClock clock)
{
    private readonly MinuteCounts _failures = new(clock.Source);

    /// <summary>How long failures count.</summary>
    public static TimeSpan Window => MinuteCounts.Window;

    /// <summary>Whether an address may still try.</summary>
    public bool HasRoom(IPAddress address) => _failures.Of(address) < options.Now.MaxFailuresPerMinute;

    /// <summary>An attempt has failed.</summary>
    public void Count(IPAddress address) => _failures.Add(address);
}
