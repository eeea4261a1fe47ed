using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Devices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/devices/{id}/label</c> and <c>/v1/labels</c>: what boards are called, one or many.</summary>
internal static class LabelRoutes
{
    private const int MaxLabels = 1_000;
    private const int MaxBodyOctets = 256 * 1024;

    public static void MapLabels(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/devices/{id}/label", OneAsync)
            .WithName("LabelDevice")
            .WithSummary("Gives a device a name and a group for people.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.Boards);
        routes.MapPut("/v1/labels", ManyAsync)
            .WithName("LabelDevices")
            .WithSummary($"Gives each of up to {MaxLabels} devices a name and a group of its own.")
            .WithDescription("To put many into one group, POST /v1/runs with 'group'.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyOctets))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Needs(AccessScope.Boards);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> OneAsync(
        string id, LabelWish wish, FleetOrders orders, CancellationToken cancel)
    {
        if (wish.Refuse() is { } problem)
        {
            return TypedResults.Problem(problem);
        }

        IReadOnlyList<OrderOutcome> outcomes = await orders.LabelAsync([id], wish.Change, null, cancel);
        return outcomes[0].Result == Owner.OrderResult.Sent
            ? TypedResults.NoContent()
            : TypedResults.Problem(ApiProblem.Of(outcomes[0].Result));
    }

    private static async Task<Results<Ok<OrderAnswers>, ProblemHttpResult>> ManyAsync(
        LabelWishes wishes, FleetOrders orders, CancellationToken cancel)
    {
        if (wishes.Labels is not { Count: >= 1 and <= MaxLabels } labels)
        {
            return TypedResults.Problem(ApiProblem.BadParameter("labels", $"1 to {MaxLabels} of them"));
        }

        if (labels.Values.Select(wish => wish.Refuse()).FirstOrDefault(problem => problem is not null) is { } wrong)
        {
            return TypedResults.Problem(wrong);
        }

        return TypedResults.Ok(OrderAnswers.Of(await orders.LabelAsync(
            [.. labels.Keys], (id, label) => labels[id].Change(label), null, cancel)));
    }

    /// <summary>What devices are called.</summary>
    /// <param name="Labels">By id.</param>
    internal sealed record LabelWishes(IReadOnlyDictionary<string, LabelWish>? Labels);

    /// <summary>What a device is called; null leaves it as it is, empty takes it away.</summary>
    /// <param name="Name">A name for people, up to 40 characters.</param>
    /// <param name="Group">The group it is in, up to 40 characters.</param>
    internal sealed record LabelWish(string? Name = null, string? Group = null)
    {
        /// <summary>What is wrong with it; null for nothing.</summary>
        public ProblemDetails? Refuse() =>
            BoardLabel.Read(Name) is null ? Refuse("name") : BoardLabel.Read(Group) is null ? Refuse("group") : null;

        /// <summary>The new label of the old one.</summary>
        public BoardLabel Change(BoardLabel label) => label with
        {
            Name = Name is null ? label.Name : BoardLabel.Read(Name)!,
            Group = Group is null ? label.Group : BoardLabel.Read(Group)!,
        };

        private static ProblemDetails Refuse(string parameter) =>
            ApiProblem.BadParameter(parameter, $"up to {BoardLabel.MaxLength} characters");
    }
}
