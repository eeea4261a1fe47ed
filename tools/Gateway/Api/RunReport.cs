using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Api;

/// <summary>Something done to boards: what, and how far it is.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Do">What, such as <c>pause</c>.</param>
/// <param name="Value">Its number; 0 where it has none.</param>
/// <param name="Text">Its text; empty where it has none.</param>
/// <param name="Devices">How many devices are meant.</param>
/// <param name="Started">When it began; null before.</param>
/// <param name="Done">Whether every device has its answer, or it was given up.</param>
/// <param name="Fault">Why it was given up; null where it was not.</param>
/// <param name="Sent">Devices that have it.</param>
/// <param name="NoSuchDevice">Devices that are not known, or revoked.</param>
/// <param name="Offline">Boards that are not connected; orders are not kept for later.</param>
/// <param name="TakesNone">Stratum miners, which know no orders.</param>
/// <param name="StoreUnavailable">Devices for which nothing could be stored.</param>
internal sealed record RunReport(
    int Number,
    string Do,
    uint Value,
    string Text,
    int Devices,
    DateTimeOffset? Started,
    bool Done,
    string? Fault,
    int Sent,
    int NoSuchDevice,
    int Offline,
    int TakesNone,
    int StoreUnavailable)
{
    /// <summary>Whether it is done is read first: who reads that it is has every answer.</summary>
    public static RunReport Of(DeedRun run)
    {
        bool isDone = run.IsDone;
        return new RunReport(
            run.Number, ApiWord.Of(run.Deed.Kind), run.Deed.Value, run.Deed.Text, run.Ids.Count, run.Started, isDone,
            run.Fault, run.CountOf(OrderResult.Sent), run.CountOf(OrderResult.NoSuchDevice),
            run.CountOf(OrderResult.Offline), run.CountOf(OrderResult.TakesNone),
            run.CountOf(OrderResult.StoreUnavailable));
    }
}
