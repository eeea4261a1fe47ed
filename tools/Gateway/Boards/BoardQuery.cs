namespace MicroFirmware.Gateway.Boards;

/// <summary>Which boards are wanted, and in which order. Everything that is not set lets all through.</summary>
/// <param name="Text">Words that all have to occur in name, id, group, chip or firmware, whatever their case.</param>
/// <param name="State">What they are doing.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Chip">Their chip, or program.</param>
/// <param name="Group">Their group; empty for those without one.</param>
/// <param name="Sort">What they are in the order of.</param>
/// <param name="IsDescending">Whether greatest comes first. Who has no figure comes last either way.</param>
public sealed record BoardQuery(
    string Text = "",
    BoardState? State = null,
    BoardKind? Kind = null,
    string? Chip = null,
    string? Group = null,
    BoardSort Sort = BoardSort.Name,
    bool IsDescending = false)
{
    /// <summary>All of them, by name.</summary>
    public static BoardQuery All { get; } = new();
}
