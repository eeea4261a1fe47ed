using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Devices;

/// <summary>One device as its owner sees it.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="Registered">When it was registered.</param>
/// <param name="Online">Whether it is connected to the broker.</param>
/// <param name="Accepted">Shares credited, since it was registered.</param>
/// <param name="Stale">Shares whose job was over or forgotten when they came.</param>
/// <param name="Invalid">Shares that were wrong in themselves.</param>
/// <param name="Work">Work credited, in expected hashes.</param>
/// <param name="BestDifficulty">Difficulty that the best credited share's hash stands for; 0 before the first.</param>
/// <param name="ShareDifficulty">Difficulty of the shares it is asked for.</param>
/// <param name="ProvenHashesPerSecond">What credited shares of the last <c>Shares:RateWindow</c> prove.</param>
/// <param name="ClaimedHashesPerSecond">What the device's own counter says; null while it has not said.</param>
/// <param name="RatesAgree">Whether claim and proof can describe the same device, as far as the number of shares
/// allows to tell; null while there are too few.</param>
/// <param name="LastSeenSeconds">Seconds since its last request or message; null when it was not seen since the
/// gateway started.</param>
/// <param name="State">What it says it is doing.</param>
/// <param name="Scanner">The scanner it says it uses.</param>
/// <param name="Firmware">The firmware it says it runs.</param>
public sealed record DeviceReport(
    string Id,
    DateTimeOffset Registered,
    bool Online,
    long Accepted,
    long Stale,
    long Invalid,
    ulong Work,
    double BestDifficulty,
    double ShareDifficulty,
    double ProvenHashesPerSecond,
    double? ClaimedHashesPerSecond,
    bool? RatesAgree,
    double? LastSeenSeconds,
    string? State,
    string? Scanner,
    string? Firmware)
{
    // Shares come as a Poisson process: n of them prove a rate to 1 / sqrt(n). Four times that is no accident.
    private const double DisagreementSigma = 4;
    private const double FewestShares = 10;

    internal static DeviceReport Of(Device device, TimeSpan now)
    {
        lock (device)
        {
            DeviceActivity? activity = device.Activity;
            double proven = activity?.ProvenHashesPerSecond(now) ?? 0;
            double? claimed = Known(activity?.Telemetry?.HashRate);
            return new DeviceReport(
                device.Id,
                DateTimeOffset.FromUnixTimeMilliseconds(device.RegisteredUnixMs),
                activity?.IsOnline == true,
                device.Totals.Accepted,
                device.Totals.Stale,
                device.Totals.Invalid,
                device.Totals.Work,
                Difficulty(device.Totals.BestWork),
                Difficulty(activity?.ShareWork.Current ?? device.KnownShareWork),
                proven,
                claimed,
                activity is null || claimed is null ? null : Agree(claimed.Value, proven, activity.ProvingShares(now)),
                activity is null ? null : (now - activity.LastSeen).TotalSeconds,
                activity?.Telemetry?.State,
                activity?.Telemetry?.Scanner,
                activity?.Telemetry?.Firmware);
        }
    }

    private static double Difficulty(ulong work) => (double)work / Target.DifficultyOneWork;

    private static double? Known(long? number) => number is null or Protocol.Telemetry.Unknown ? null : number;

    /// <summary>Whether a claim and what shares prove can describe the same device; null for too few shares, and while
    /// the device's counter, which begins anew with it, says nothing.</summary>
    internal static bool? Agree(double claimed, double proven, double shares) => shares < FewestShares || claimed == 0
        ? null
        : Math.Abs(claimed - proven) <= DisagreementSigma * proven / Math.Sqrt(shares);
}
