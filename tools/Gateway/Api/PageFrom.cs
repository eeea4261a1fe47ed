using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Gateway.Api;

/// <summary>Which part of a list that is counted from its start.</summary>
/// <param name="From">How many to pass over, 0 or more; 0 unless said.</param>
/// <param name="Limit">How many at most; see <see cref="Paging"/>.</param>
internal sealed record PageFrom([FromQuery] int? From, [FromQuery] int? Limit) : IPageChoice
{
    /// <inheritdoc/>
    public ProblemDetails? Refuse(int most) =>
        From < 0 ? ApiProblem.BadParameter("from", "0 or more") : Paging.Refuse(Limit, most);

    /// <summary>How many are passed over.</summary>
    public int Start() => From ?? 0;

    /// <summary>How many at most.</summary>
    public int Count() => Limit ?? Paging.Usual;

    /// <summary>What to give as <c>from</c> for the next page; null after the last one.</summary>
    /// <param name="shown">How many this page holds.</param>
    /// <param name="total">How many the list holds.</param>
    public int? Next(int shown, int total) => shown > 0 && Start() + shown < total ? Start() + shown : null;
}
