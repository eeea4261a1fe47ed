using System.Buffers;
using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Boards;

/// <summary>
/// Everything that mines, boards and Stratum miners, in one list: searched, sorted and paged over what the rooms hold.
/// Nothing is kept between two questions, so there is nothing to go stale; what a question needs is rented.
/// </summary>
internal sealed class BoardCatalogue(DeviceRegistry registry, GatewayClock clock)
{
    /// <summary>Most rows of a page.</summary>
    public const int MaxRows = 500;

    /// <summary>A part of what a query finds.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="from">How many to pass over.</param>
    /// <param name="count">How many at most, up to <see cref="MaxRows"/>.</param>
    public BoardPage Find(BoardQuery query, int from, int count)
    {
        TimeSpan now = clock.Now;
        IReadOnlyList<Device> all = registry.All();
        BoardFace[] faces = ArrayPool<BoardFace>.Shared.Rent(all.Count);
        int[] order = ArrayPool<int>.Shared.Rent(all.Count);
        try
        {
            BoardTally tally = new();
            int matching = Collect(query, all, now, faces, tally);
            double proven = 0;
            for (int i = 0; i < matching; i++)
            {
                order[i] = i;
                proven += faces[i].Proven;
            }

            order.AsSpan(0, matching).Sort(new BoardOrdering(faces, query.Sort, query.IsDescending));
            from = Math.Clamp(from, 0, matching);
            BoardRow[] rows = new BoardRow[Math.Min(Math.Clamp(count, 0, MaxRows), matching - from)];
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = RowOf(faces[order[from + i]], now);
            }

            return new BoardPage(rows, from, matching, all.Count, proven, tally);
        }
        finally
        {
            ArrayPool<BoardFace>.Shared.Return(faces, clearArray: true);
            ArrayPool<int>.Shared.Return(order);
        }
    }

    /// <summary>The ids of all that a query finds, in no order.</summary>
    public IReadOnlyList<string> Ids(BoardQuery query)
    {
        TimeSpan now = clock.Now;
        BoardFilter filter = new(query);
        return [.. registry.All().Where(device => filter.Matches(BoardFace.Of(device, now))).Select(d => d.Id)];
    }

    /// <summary>One board, or null.</summary>
    public BoardRow? Row(string id) =>
        registry.Find(id) is { } device ? RowOf(BoardFace.Of(device, clock.Now), clock.Now) : null;

    /// <summary>One board with all that is known of it, or null.</summary>
    public BoardDetail? Detail(string id) =>
        registry.Find(id) is { } device ? BoardDetail.Of(device, Row(id)!, clock) : null;

    private static int Collect(
        BoardQuery query, IReadOnlyList<Device> all, TimeSpan now, BoardFace[] faces, BoardTally tally)
    {
        BoardFilter filter = new(query);
        int matching = 0;
        foreach (Device device in all)
        {
            BoardFace face = BoardFace.Of(device, now);
            tally.Count(face);
            if (filter.Matches(face))
            {
                faces[matching++] = face;
            }
        }

        return matching;
    }

    private static BoardRow RowOf(in BoardFace face, TimeSpan now)
    {
        DeviceReport report = DeviceReport.Of(face.Device, now);
        Protocol.Telemetry? telemetry;
        int shares;
        double proving;
        lock (face.Device)
        {
            DeviceActivity? activity = face.Device.Activity;
            telemetry = activity?.Telemetry;
            (shares, proving) = (activity?.SharesInWindow(now) ?? 0, activity?.ProvingShares(now) ?? 0);
        }

        return new BoardRow(
            face.Device.Id,
            face.Name,
            face.Group,
            face.Device.IsMiner ? BoardKind.Miner : BoardKind.Board,
            face.State,
            telemetry?.Cause,
            face.Chip,
            report.Firmware,
            face.Proven,
            shares,
            proving,
            report.ClaimedHashesPerSecond,
            report.RatesAgree,
            double.IsNaN(face.LastShare) ? null : TimeSpan.FromSeconds(face.LastShare),
            report.LastSeenSeconds is { } seen ? TimeSpan.FromSeconds(seen) : null,
            double.IsNaN(face.Temperature) ? null : (int)face.Temperature,
            double.IsNaN(face.Rssi) ? null : (int)face.Rssi,
            telemetry?.Duty is null or Protocol.Telemetry.Unknown ? null : (int)telemetry.Duty,
            telemetry?.Reset);
    }
}
