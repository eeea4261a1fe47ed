using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Hardware;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/join-codes</c> and <c>/v1/devices/{id}/join</c>: letting a board in, and how far it has come.
/// </summary>
internal static class JoinRoutes
{
    private const string Stages = "Who accepts text/event-stream hears of every step until the first proven share: "
        + "waiting, configured, connected, working, proven; or expired, refused.";

    public static void MapJoins(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/join-codes", CreateAsync)
            .WithName("CreateJoinCode")
            .WithSummary("A code that enrols one board, for a while; it is shown this once.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.Boards);
        routes.MapGet("/v1/join-codes", (JoinCodes codes, JoinWatch watch) => TypedResults.Ok(
                new JoinList([.. codes.All().Select(ticket => JoinReport.Of(ticket, watch))])))
            .WithName("ListJoinCodes")
            .WithSummary($"How far the boards of the last {JoinCodes.MaxCodes} codes have come, the newest first.")
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/join-codes/{number}", Follow)
            .WithName("GetJoinProgress")
            .WithSummary("How far the board of a join code has come.")
            .WithDescription(Stages)
            .Produces<JoinReport>(StatusCodes.Status200OK, "application/json", EventStream.ContentType)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.Read);
        routes.MapGet("/v1/devices/{id}/join", (string id, HttpContext context, JoinWatch watch, ProgressWatch progress)
                => progress.Answer(context, () => JoinReport.Of(watch.LookForDevice(id)), IsOver))
            .WithName("GetDeviceJoinProgress")
            .WithSummary("How far a device has come, such as a Stratum miner that is still waited for.")
            .WithDescription(Stages)
            .Produces<JoinReport>(StatusCodes.Status200OK, "application/json", EventStream.ContentType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.Read);
    }

    private static async Task<Results<Ok<JoinCode>, ProblemHttpResult>> CreateAsync(
        JoinCodes codes, NewJoinCode? order = null)
    {
        (string model, string? group) = (order?.Model ?? "", BoardLabel.Read(order?.Group));
        if (model.Length > 0 && HardwareCatalog.Boards.All(board => board.Id != model))
        {
            return TypedResults.Problem(ApiProblem.BadParameter(
                "model", string.Join(", ", HardwareCatalog.Boards.Select(board => board.Id))));
        }

        if (group is null)
        {
            return TypedResults.Problem(ApiProblem.BadParameter(
                "group", $"up to {BoardLabel.MaxLength} characters"));
        }

        return await codes.CreateAsync(new JoinWish(model, group)) is { Code: { } code } made
            ? TypedResults.Ok(new JoinCode(code.Reveal(), made.End, made.Number))
            : TypedResults.Problem(ApiProblem.Busy());
    }

    private static IResult Follow(
        string number, HttpContext context, JoinCodes codes, JoinWatch watch, ProgressWatch progress) =>
        codes.Find(number) is { } ticket
            ? progress.Answer(context, () => JoinReport.Of(ticket, watch), IsOver)
            : TypedResults.Problem(ApiProblem.NoSuchJoinCode());

    private static bool IsOver(JoinReport report) =>
        ApiWord.Read<JoinStage>(report.Stage) is JoinStage.Proven or JoinStage.Expired or JoinStage.Refused;

    /// <summary>What is known of a board that is to join; all of it may be left out.</summary>
    /// <param name="Model">Its kind by the id in hardware/boards.</param>
    /// <param name="Group">The group it shall be in, up to 40 characters.</param>
    internal sealed record NewJoinCode(string? Model = null, string? Group = null);

    /// <summary>A code for one board.</summary>
    /// <param name="Code">What to give to <c>micro configure --token</c>.</param>
    /// <param name="End">When it is no longer good.</param>
    /// <param name="Number">Names it in <c>GET /v1/join-codes/{number}</c>; no secret.</param>
    internal sealed record JoinCode(string Code, DateTimeOffset End, string Number);

    /// <summary>Join codes.</summary>
    /// <param name="JoinCodes">The newest first.</param>
    internal sealed record JoinList(IReadOnlyList<JoinReport> JoinCodes);
}
