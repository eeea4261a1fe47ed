using MicroFirmware.Gateway.Boards;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// One board or miner of the list. What it says of itself is a claim; proven is what its shares show.
/// </summary>
/// <param name="Id">The id on the wire.</param>
/// <param name="Name">What its owner calls it; empty for nothing.</param>
/// <param name="Group">The group it is in; empty for none.</param>
/// <param name="Kind"><c>board</c> or <c>miner</c>.</param>
/// <param name="State">What it is doing, such as <c>mining</c> or <c>not-seen</c>.</param>
/// <param name="Cause">Why it is not simply mining; null where it says nothing.</param>
/// <param name="Chip">Its chip, or a miner's program.</param>
/// <param name="Firmware">Its firmware; null where it does not say.</param>
/// <param name="ProvenHashesPerSecond">What credited shares of the last <c>Shares:RateWindow</c> prove.</param>
/// <param name="ClaimedHashesPerSecond">What it says itself; null where it does not.</param>
/// <param name="RatesAgree">Whether both can describe the same board; null while shares are too few to tell.</param>
/// <param name="LastShareSeconds">Since its last credited share; null for none since the gateway started.</param>
/// <param name="LastSeenSeconds">Since it was last heard of; null for not since the gateway started.</param>
/// <param name="TemperatureCelsius">Its own figure; null where it does not say.</param>
/// <param name="RssiDbm">Strength of its radio signal; null where it does not say.</param>
/// <param name="DutyPercent">The part of the time that it scans, by its own word; null where it does not say.</param>
/// <param name="ResetReason">Why it last started; null where it does not say.</param>
internal sealed record BoardReport(
    string Id,
    string Name,
    string Group,
    string Kind,
    string State,
    string? Cause,
    string Chip,
    string? Firmware,
    double ProvenHashesPerSecond,
    double? ClaimedHashesPerSecond,
    bool? RatesAgree,
    double? LastShareSeconds,
    double? LastSeenSeconds,
    int? TemperatureCelsius,
    int? RssiDbm,
    int? DutyPercent,
    string? ResetReason)
{
    public static BoardReport Of(BoardRow row) => new(
        row.Id, row.Name, row.Group, ApiWord.Of(row.Kind), ApiWord.Of(row.State), row.Cause, row.Chip, row.Firmware,
        row.ProvenHashesPerSecond, row.ClaimedHashesPerSecond, row.RatesAgree, row.LastShare?.TotalSeconds,
        row.LastSeen?.TotalSeconds, row.TemperatureCelsius, row.RssiDbm, row.DutyPercent, row.ResetReason);
}
