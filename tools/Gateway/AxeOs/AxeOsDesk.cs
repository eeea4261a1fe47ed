using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Overview;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.AxeOs;

/// <summary>Says of the gateway, and of each board, what AxeOS would say. Nothing in it tells who is paid, or where
/// work comes from: whoever reaches the gateway may read it.</summary>
internal sealed class AxeOsDesk(OverviewDesk overview, BoardCatalogue catalogue)
{
    private const double Giga = 1e9;
    private const string Connected = "Connected!";
    private const string Disconnected = "Disconnected";
    private const string Gateway = "gateway";
    private const string Product = "MicroFirmware";

    /// <summary>All boards and miners together, as if they were one miner.</summary>
    public AxeOsInfo OfAll()
    {
        OverviewReport report = overview.Take();
        GatewayStatistics figures = report.Figures;
        KeyValuePair<VerdictCode, long>[] verdicts =
            [.. figures.Shares.Select(pair => KeyValuePair.Create(Enum.Parse<VerdictCode>(pair.Key), pair.Value))];
        AxeOsInfo info = new()
        {
            Hostname = Product,
            AsicModel = Product,
            AsicCount = figures.Devices,
            BoardVersion = Gateway,
            Version = AxeOsInfo.Release,
            HashRate = figures.ProvenHashesPerSecond / Giga,
            ExpectedHashrate = report.Claims.Claiming > 0 ? report.Claims.ClaimedHashesPerSecond / Giga : null,
            BestDiff = report.Best?.Difficulty ?? 0,
            BestSessionDiff = report.BestToday,
            BlockFound = figures.BlocksAccepted > 0 ? 1 : 0,
            UptimeSeconds = (long)figures.UptimeSeconds,
            WifiStatus = Connected,
        };
        return WithWork(WithShares(info, verdicts), report);
    }

    /// <summary>One board or miner; null for none of this id.</summary>
    public AxeOsInfo? Of(string id)
    {
        if (catalogue.Detail(id) is not { } board)
        {
            return null;
        }

        BoardRow row = board.Row;
        KeyValuePair<VerdictCode, long>[] verdicts =
            [.. board.Verdicts.Select(pair => KeyValuePair.Create(pair.Key, (long)pair.Value))];
        AxeOsInfo info = new()
        {
            Hostname = row.Name.Length > 0 ? row.Name : row.Id,
            AsicModel = row.Chip,
            AsicCount = 1,
            BoardVersion = board.Model,
            Version = row.Firmware,
            HashRate = row.ProvenHashesPerSecond / Giga,
            ExpectedHashrate = row.ClaimedHashesPerSecond / Giga,
            BestDiff = board.BestDifficulty,
            BlockFound = board.Verdicts.Any(pair => pair.Key is VerdictCode.BlockFound) ? 1 : 0,
            PoolDifficulty = board.ShareDifficulty,
            UptimeSeconds = Known(board.Telemetry?.UptimeSeconds),
            Temp = row.TemperatureCelsius,
            WifiRssi = row.RssiDbm,
            WifiStatus = board.OnlineFor is null ? Disconnected : Connected,
            FreeHeap = Known(board.Telemetry?.FreeMemory),
            ResetReason = row.ResetReason,
        };
        return WithWork(WithShares(info, verdicts), overview.Take());
    }

    private static AxeOsInfo WithShares(AxeOsInfo info, IReadOnlyList<KeyValuePair<VerdictCode, long>> verdicts)
    {
        AxeOsRejection[] rejections = [.. verdicts
            .Where(pair => !IsCredited(pair.Key) && pair.Value > 0)
            .Select(pair => new AxeOsRejection(pair.Key.ToString(), pair.Value))];
        return info with
        {
            SharesAccepted = verdicts.Where(pair => IsCredited(pair.Key)).Sum(pair => pair.Value),
            SharesRejected = rejections.Sum(rejection => rejection.Count),
            SharesRejectedReasons = rejections,
        };
    }

    private static AxeOsInfo WithWork(AxeOsInfo info, OverviewReport report)
    {
        IReadOnlyList<UpstreamReport> upstreams = report.Figures.Upstreams;
        UpstreamReport? active = upstreams.FirstOrDefault(upstream => upstream.Active);
        return info with
        {
            NetworkDifficulty = report.Network?.Difficulty,
            BlockHeight = report.Network?.Height,
            IsUsingFallbackStratum = active is not null && active != upstreams[0] ? 1 : 0,
            ResponseTime = active?.Pool?.LatencyMs,
        };
    }

    private static bool IsCredited(VerdictCode code) => code is VerdictCode.Accepted or VerdictCode.BlockFound;

    private static long? Known(long? number) => number is Telemetry.Unknown ? null : number;
}
