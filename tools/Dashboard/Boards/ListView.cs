using MicroFirmware.Gateway.Boards;
using Microsoft.AspNetCore.Http.Extensions;

namespace MicroFirmware.Dashboard.Boards;

/// <summary>What the list of boards shows, as its address says it. What is no state, kind or order is as if it was not
/// there.</summary>
public sealed record ListView(
    string? Text, string? State, string? Kind, string? Chip, string? Group, string? Sort)
{
    /// <summary>How the address says: those without a group.</summary>
    public const string NoGroup = "-";

    private const char Descending = '-';

    /// <summary>The question to the catalogue.</summary>
    public BoardQuery Query { get; } = new(
        Text ?? "",
        Read<BoardState>(State),
        Read<BoardKind>(Kind),
        string.IsNullOrEmpty(Chip) ? null : Chip,
        string.IsNullOrEmpty(Group) ? null : Group == NoGroup ? "" : Group,
        Read<BoardSort>(Sort?.TrimStart(Descending)) ?? BoardSort.Name,
        Sort?.StartsWith(Descending) ?? false);

    /// <summary>Whether anything is hidden.</summary>
    public bool IsFiltered => Query with { Sort = default, IsDescending = false } != BoardQuery.All;

    /// <summary>The address of the list, from its first row.</summary>
    public string Address
    {
        get
        {
            QueryBuilder query = [];
            Add("q", Text);
            Add("state", State);
            Add("kind", Kind);
            Add("chip", Chip);
            Add("group", Group);
            Add("sort", Sort);
            return "/boards" + query;

            void Add(string name, string? value)
            {
                if (!string.IsNullOrEmpty(value))
                {
                    query.Add(name, value);
                }
            }
        }
    }

    /// <summary>A state, kind or order as the address names it.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The same list in another order; the same order again turns it round. Figures begin with the greatest.
    /// </summary>
    public ListView SortedBy(BoardSort sort)
    {
        bool descends = Query.Sort == sort ? !Query.IsDescending
            : sort is BoardSort.Proven or BoardSort.Claimed or BoardSort.Temperature;
        return this with { Sort = (descends ? Descending.ToString() : "") + NameOf(sort) };
    }

    private static T? Read<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value) ? value : null;
}
