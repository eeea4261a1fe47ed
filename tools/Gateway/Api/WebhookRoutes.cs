using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/webhooks</c>: who is told of events.</summary>
internal static class WebhookRoutes
{
    private const int MaxBodyOctets = 32 * 1024;

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/webhooks", (SettingsDesk desk) => TypedResults.Ok(new WebhookList(
                [.. desk.Next.Webhooks.Select(WebhookEntry.Of)], desk.CanSave)))
            .WithName("ListWebhooks")
            .WithSummary("Who is told of events; of an address only scheme and host.")
            .Needs(AccessScope.Read);
        routes.MapPut("/v1/webhooks", Save)
            .WithName("SetWebhooks")
            .WithSummary("Sets the list as a whole. It counts at once; what is under way keeps its address.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyOctets))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.Settings);
        routes.MapPost("/v1/webhooks/test", TestAsync)
            .WithName("TestWebhook")
            .WithSummary("Sends one message of kind test, once, and says whether it was taken; takes up to 10 s.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyOctets))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Needs(AccessScope.Settings);
    }

    private static Results<NoContent, ProblemHttpResult> Save(WebhookWishes wishes, SettingsDesk desk) =>
        SettingRoutes.Try(() =>
        {
            IList<WebhookOptions> before = desk.Next.Webhooks;
            desk.SaveWebhooks([.. (wishes.Webhooks ?? []).Select(wish => wish.ToOptions(before))]);
        });

    private static async Task<Results<Ok<WebhookTrial>, ProblemHttpResult>> TestAsync(
        WebhookWish wish, SettingsDesk desk, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            (bool works, string summary) =
                await WebhookTest.RunAsync(wish.ToOptions(desk.Next.Webhooks), time, cancel);
            return TypedResults.Ok(new WebhookTrial(works, summary));
        }
        catch (ConfigurationException e)
        {
            return TypedResults.Problem(ApiProblem.BadSetting(e));
        }
    }

    /// <summary>Who is told of events.</summary>
    /// <param name="Webhooks">Every receiver.</param>
    /// <param name="CanChange">Whether this gateway keeps changes.</param>
    internal sealed record WebhookList(IReadOnlyList<WebhookEntry> Webhooks, bool CanChange);

    /// <summary>A receiver as it is set; neither its path nor its secret.</summary>
    /// <param name="Name">What the gateway remembers it by; enough to keep address and secret.</param>
    /// <param name="Host">Scheme and host.</param>
    /// <param name="Events">Kinds of events, with commas between them, or <c>all</c>.</param>
    /// <param name="Private">Whether it may be on this machine or in a private network.</param>
    internal sealed record WebhookEntry(string Name, string Host, string Events, bool Private)
    {
        public static WebhookEntry Of(WebhookOptions options) =>
            new(options.Name, options.Shown, options.Events, options.Private);
    }

    /// <summary>The list to be set.</summary>
    /// <param name="Webhooks">Every receiver; empty for nobody.</param>
    internal sealed record WebhookWishes(IReadOnlyList<WebhookWish>? Webhooks);

    /// <summary>A receiver as somebody writes it.</summary>
    /// <param name="Name">Of one there is: what is left out is as it was. Null for a new one.</param>
    /// <param name="Url">Where it is sent.</param>
    /// <param name="Secret">What messages are signed with.</param>
    /// <param name="Events">Kinds of events, with commas between them, or <c>all</c>.</param>
    /// <param name="Private">Whether it may be on this machine or in a private network.</param>
    internal sealed record WebhookWish(
        string? Name = null, string? Url = null, string? Secret = null, string? Events = null, bool? Private = null)
    {
        public WebhookOptions ToOptions(IEnumerable<WebhookOptions> known)
        {
            WebhookOptions before = known.FirstOrDefault(one => one.Name == Name) ?? new WebhookOptions();
            return new WebhookOptions
            {
                Url = Url ?? before.Url,
                Secret = Secret ?? before.Secret,
                Events = Events ?? before.Events,
                Private = Private ?? before.Private,
            };
        }

        /// <summary>Neither address nor secret.</summary>
        public override string ToString() => Name ?? "";
    }

    /// <summary>What a test found.</summary>
    /// <param name="Works">It was taken.</param>
    /// <param name="Summary">One sentence.</param>
    internal sealed record WebhookTrial(bool Works, string Summary);
}
