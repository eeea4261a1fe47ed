using MicroFirmware.Gateway.Boards;
using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Gateway.Api;

/// <summary>Which boards, and in which order.</summary>
/// <param name="Text">Words that all occur in name, id, group, chip or firmware.</param>
/// <param name="State">What they are doing.</param>
/// <param name="Kind"><c>board</c> or <c>miner</c>.</param>
/// <param name="Chip">Their chip, or program.</param>
/// <param name="Group">Their group; empty for those without one.</param>
/// <param name="Sort">What they are in the order of; <c>name</c> unless said.</param>
/// <param name="Descending">Whether greatest comes first.</param>
internal sealed record BoardChoice(
    [FromQuery] string? Text,
    [FromQuery] string? State,
    [FromQuery] string? Kind,
    [FromQuery] string? Chip,
    [FromQuery] string? Group,
    [FromQuery] string? Sort,
    [FromQuery] bool? Descending)
{
    /// <summary>Reads it.</summary>
    /// <returns>The parameter that is out of range; null for none.</returns>
    public string? Read(out BoardQuery query)
    {
        (BoardState? state, BoardKind? kind) = (ApiWord.Read<BoardState>(State), ApiWord.Read<BoardKind>(Kind));
        BoardSort? sort = ApiWord.Read<BoardSort>(Sort ?? ApiWord.Of(BoardSort.Name));
        query = new BoardQuery(Text ?? "", state, kind, Chip, Group, sort ?? BoardSort.Name, Descending == true);
        return State is not null && state is null ? "state"
            : Kind is not null && kind is null ? "kind"
            : sort is null ? "sort"
            : null;
    }

    /// <summary>What a parameter may be.</summary>
    public string RangeOf(string parameter) => parameter switch
    {
        "state" => string.Join(", ", ApiWord.All<BoardState>()),
        "kind" => string.Join(", ", ApiWord.All<BoardKind>()),
        _ => string.Join(", ", ApiWord.All<BoardSort>()),
    };
}
