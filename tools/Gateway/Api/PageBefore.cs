using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Gateway.Api;

/// <summary>Which part of a list whose newest entry comes first: new entries do not shift its pages.</summary>
/// <param name="Before">Only entries of a lower number, 1 or more; all unless said.</param>
/// <param name="Limit">How many at most; see <see cref="Paging"/>.</param>
internal sealed record PageBefore([FromQuery] long? Before, [FromQuery] int? Limit) : IPageChoice
{
    /// <inheritdoc/>
    public ProblemDetails? Refuse(int most) => Before < 1
        ? ApiProblem.BadParameter("before", "an entry's number, as 'next' names it")
        : Paging.Refuse(Limit, most);

    /// <summary>How many at most.</summary>
    public int Count() => Limit ?? Paging.Usual;

    /// <summary>What to give as <c>before</c> for the next page; null where there is none.</summary>
    /// <param name="shown">This page.</param>
    /// <param name="numberOf">An entry's number.</param>
    public long? Next<T>(IReadOnlyList<T> shown, Func<T, long> numberOf) =>
        shown.Count == Count() ? numberOf(shown[^1]) : null;
}
