using MicroFirmware.Gateway.Broker;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.HomeAssistant;

/// <summary>
/// Home Assistant at the broker: it reads, and says no more than that it is there. Neither commands nor shares nor
/// verdicts are its business.
/// </summary>
internal sealed class HomeAssistantLink(HomeAssistantOptions options) : IBrokerGuest
{
    private readonly string _birth = options.DiscoveryPrefix + "/status";
    private readonly string _discovery = options.DiscoveryPrefix + "/";

    /// <inheritdoc/>
    public bool MayPublish(string topic) => topic == _birth;

    /// <inheritdoc/>
    public bool MaySubscribe(string filter) =>
        filter.StartsWith(_discovery, StringComparison.Ordinal) || IsReport(filter);

    /// <summary>A report of one board, or of all of them.</summary>
    private static bool IsReport(string filter)
    {
        string rest = filter.StartsWith(Topics.Prefix, StringComparison.Ordinal) ? filter[Topics.Prefix.Length..] : "";
        int slash = rest.IndexOf('/');
        return slash > 0 && (rest[..slash] == "+" || DeviceId.IsValid(rest[..slash]))
            && rest[(slash + 1)..] is "telemetry" or "status" or ProvenReport.Word;
    }
}
