using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Boards;

/// <summary>All that is known of one board.</summary>
/// <param name="Row">What the list shows of it.</param>
/// <param name="Model">Its kind by the id in hardware/boards, as chosen when it was added; empty where nobody said.
/// </param>
/// <param name="Number">Its number in the gateway's store, which time series know it by.</param>
/// <param name="Registered">When it was registered.</param>
/// <param name="OnlineFor">How long it has been connected; null while it is not.</param>
/// <param name="Accepted">Shares credited since it was registered.</param>
/// <param name="Late">Shares whose job was over or forgotten when they came.</param>
/// <param name="Invalid">Shares that were wrong in themselves.</param>
/// <param name="Work">Work credited since it was registered, in expected hashes.</param>
/// <param name="BestDifficulty">What the hash of its best credited share stands for; 0 before the first.</param>
/// <param name="ShareDifficulty">What the shares it is asked for stand for.</param>
/// <param name="Verdicts">Verdicts since the gateway started, of those kinds that came.</param>
/// <param name="Telemetry">What it last said of itself; null before the first time, and of a miner.</param>
public sealed record BoardDetail(
    BoardRow Row,
    string Model,
    int Number,
    DateTimeOffset Registered,
    TimeSpan? OnlineFor,
    long Accepted,
    long Late,
    long Invalid,
    ulong Work,
    double BestDifficulty,
    double ShareDifficulty,
    IReadOnlyList<KeyValuePair<VerdictCode, int>> Verdicts,
    Telemetry? Telemetry)
{
    private static readonly VerdictCode[] s_codes = Enum.GetValues<VerdictCode>();

    internal static BoardDetail Of(Device device, BoardRow row, GatewayClock clock)
    {
        TimeSpan now = clock.Now;
        DeviceReport report = DeviceReport.Of(device, now);
        lock (device)
        {
            DeviceActivity? activity = device.Activity;
            return new BoardDetail(
                row,
                device.Label.Model,
                device.Number,
                report.Registered,
                activity?.OnlineSince is { } since ? now - since : null,
                report.Accepted,
                report.Stale,
                report.Invalid,
                report.Work,
                report.BestDifficulty,
                report.ShareDifficulty,
                activity is null ? [] : [.. CountsOf(activity)],
                activity?.Telemetry);
        }
    }

    private static IEnumerable<KeyValuePair<VerdictCode, int>> CountsOf(DeviceActivity activity) => s_codes
        .Select(code => KeyValuePair.Create(code, activity.CountOf(code))).Where(count => count.Value > 0);
}
