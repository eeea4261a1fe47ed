using System.Globalization;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/events</c>: what happened, as pages, or as it happens to who accepts <c>text/event-stream</c>.
/// </summary>
internal static class EventRoutes
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/events", Get)
        .WithName("ListEvents")
        .WithSummary("What happened, the newest first, a page at a time; or as it happens.")
        .WithDescription("kind, which may come several times, least (info, warning, error), subject and words choose. "
            + "Who accepts text/event-stream gets every event from now on, or all after the one that Last-Event-ID or "
            + "'after' names; its id, its kind as the type, and the same JSON as data.")
        .Produces<EventPage>(StatusCodes.Status200OK, "application/json", EventStream.ContentType)
        .InPages(EventQuery.DefaultLimit, EventQuery.MaxLimit)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .Needs(AccessScope.Read);

    private static IResult Get(
        HttpContext context, EventJournal journal, [AsParameters] Choice choice, [AsParameters] PageBefore page)
    {
        if (choice.ToQuery(page, out string? problem) is not { } query)
        {
            return TypedResults.Problem(ApiProblem.BadParameter(problem!, choice.RangeOf(problem!)));
        }

        if (!ProgressWatch.IsStreamWanted(context.Request))
        {
            return TypedResults.Ok(EventPage.Of(journal.Read(query), query.Limit));
        }

        bool isLastGood = TryReadLast(context, choice.After, out long? after);
        if (!isLastGood)
        {
            return TypedResults.Problem(ApiProblem.BadParameter(LastEventId, "a number of an event"));
        }

        return journal.TryListen() is { } listener
            ? new EventStream(journal, listener, after, query)
            : TypedResults.Problem(ApiProblem.TooManyListeners());
    }

    /// <summary>A browser that connects again sends the header; who begins gives a parameter.</summary>
    private static bool TryReadLast(HttpContext context, long? after, out long? last)
    {
        string header = context.Request.Headers[LastEventId].ToString();
        bool isNumber = long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        last = isNumber ? number : after;
        return isNumber || header.Length == 0;
    }

    /// <summary>Which events.</summary>
    /// <param name="After">Of a stream, only those of a greater number.</param>
    /// <param name="Kind">Only these kinds.</param>
    /// <param name="Least">Only those that matter as much: info, warning or error.</param>
    /// <param name="Subject">Only of this subject.</param>
    /// <param name="Words">Only those with this in subject or text.</param>
    internal sealed record Choice(
        [FromQuery] long? After,
        [FromQuery] string[]? Kind,
        [FromQuery] string? Least,
        [FromQuery] string? Subject,
        [FromQuery] string? Words)
    {
        private static readonly string[] s_severities =
            [.. Enum.GetValues<EventSeverity>().Select(EventWords.NameOf)];

        /// <summary>What is wanted; null where a parameter is none.</summary>
        public EventQuery? ToQuery(PageBefore page, out string? problem)
        {
            List<EventKind> kinds = [];
            foreach (string name in Kind ?? [])
            {
                kinds.Add(EventWords.TryParse(name, out EventKind kind) ? kind : (EventKind)(-1));
            }

            int least = Least is null ? 0 : Array.IndexOf(s_severities, Least);
            problem = kinds.Contains((EventKind)(-1)) ? "kind"
                : least < 0 ? "least"
                : null;
            return problem is not null ? null : new EventQuery(
                page.Before, page.Limit ?? EventQuery.DefaultLimit, kinds, (EventSeverity)least, Subject, Words);
        }

        public string RangeOf(string parameter) => parameter switch
        {
            "least" => string.Join(", ", s_severities),
            _ => string.Join(", ", Enum.GetValues<EventKind>().Select(EventWords.NameOf)),
        };
    }
}
