namespace MicroFirmware.Gateway.Boards;

/// <summary>One line of the list of everything that mines. What a board says of itself is a claim; what is called
/// proven comes of its shares.</summary>
/// <param name="Id">The id on the wire.</param>
/// <param name="Name">What its owner calls it; empty for nothing.</param>
/// <param name="Group">The group it is in; empty for none.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Cause">Why it is not simply mining, in its own word; null where it says nothing.</param>
/// <param name="Chip">Its chip, or a miner's program; empty where nobody said.</param>
/// <param name="Firmware">Its firmware; null where it does not say.</param>
/// <param name="ProvenHashesPerSecond">What credited shares of the last <c>Shares:RateWindow</c> prove.</param>
/// <param name="SharesInWindow">How many shares those are.</param>
/// <param name="ProvingShares">As many shares of one size as would prove it as well: its doubt is 1 / sqrt(n).</param>
/// <param name="ClaimedHashesPerSecond">What it says itself; null where it does not.</param>
/// <param name="RatesAgree">Whether both can describe the same board; null while shares are too few to tell.</param>
/// <param name="LastShare">Time since its last credited share; null for none since the gateway started.</param>
/// <param name="LastSeen">Time since it was last heard of; null for not since the gateway started.</param>
/// <param name="TemperatureCelsius">Its own figure; null where it does not say.</param>
/// <param name="RssiDbm">Strength of its radio signal; null where it does not say.</param>
/// <param name="DutyPercent">The part of the time that it scans, by its own word; null where it does not say.</param>
/// <param name="ResetReason">Why it last started; null where it does not say.</param>
public sealed record BoardRow(
    string Id,
    string Name,
    string Group,
    BoardKind Kind,
    BoardState State,
    string? Cause,
    string Chip,
    string? Firmware,
    double ProvenHashesPerSecond,
    int SharesInWindow,
    double ProvingShares,
    double? ClaimedHashesPerSecond,
    bool? RatesAgree,
    TimeSpan? LastShare,
    TimeSpan? LastSeen,
    int? TemperatureCelsius,
    int? RssiDbm,
    int? DutyPercent,
    string? ResetReason)
{
    private const char AccountEnd = '.';

    /// <summary>What people see first: its name, or its id; of a miner the worker's name, as accounts are long and
    /// mostly the same.</summary>
    public string Title => TitleOf(Name, Id);

    internal static string TitleOf(string name, string id) =>
        name.Length > 0 ? name : id[(id.IndexOf(AccountEnd, StringComparison.Ordinal) + 1)..];
}
