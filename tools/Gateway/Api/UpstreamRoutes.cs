using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/upstreams</c>: where work comes from, and the list of it.</summary>
internal static class UpstreamRoutes
{
    private const int MaxBodyOctets = 32 * 1024;

    // A pool that answers at all answers within that.
    private static readonly TimeSpan s_testTimeout = TimeSpan.FromSeconds(20);

    public static void MapUpstreams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/upstreams", (IUpstream upstream, SettingsDesk desk) => TypedResults.Ok(new UpstreamPage(
                upstream.Reports(), [.. desk.Next.Upstreams.Select(UpstreamEntry.Of)], desk.CanSave)))
            .WithName("ListUpstreams")
            .WithSummary("How each upstream fares now, and the list that is set.")
            .Needs(AccessScope.Read);
        routes.MapPut("/v1/upstreams", Save)
            .WithName("SetUpstreams")
            .WithSummary("Sets the whole list, the preferred one first. It counts at once; work goes on meanwhile.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyOctets))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Needs(AccessScope.Settings);
        routes.MapPost("/v1/upstreams/test", TestAsync)
            .WithName("TestUpstream")
            .WithSummary("Tries whether an upstream works, and submits nothing; takes up to 20 s.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyOctets))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Needs(AccessScope.Settings);
    }

    private static Results<NoContent, ProblemHttpResult> Save(UpstreamWishes wishes, SettingsDesk desk) =>
        SettingRoutes.Try(() =>
        {
            IList<UpstreamOptions> before = desk.Next.Upstreams;
            desk.SaveUpstreams([.. (wishes.Upstreams ?? []).Select(wish => wish.ToOptions(before))]);
        });

    private static async Task<Results<Ok<UpstreamTrial>, ProblemHttpResult>> TestAsync(
        UpstreamWish wish, SettingsDesk desk, TimeProvider time, CancellationToken cancel)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(s_testTimeout);
        try
        {
            return TypedResults.Ok(UpstreamTrial.Of(
                await UpstreamTest.RunAsync(wish.ToOptions(desk.Next.Upstreams), time, end.Token)));
        }
        catch (ConfigurationException e)
        {
            return TypedResults.Problem(ApiProblem.BadSetting(e));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return TypedResults.Ok(new UpstreamTrial(false, "It did not answer within 20 s.", []));
        }
    }

    /// <summary>Where work comes from.</summary>
    /// <param name="Now">How each upstream in use fares, the preferred one first; after them those that were taken out
    /// and still leave.</param>
    /// <param name="Next">The list as it is set; empty for the embedded chain.</param>
    /// <param name="CanChange">Whether this gateway keeps changes.</param>
    internal sealed record UpstreamPage(
        IReadOnlyList<UpstreamReport> Now, IReadOnlyList<UpstreamEntry> Next, bool CanChange);

    /// <summary>An upstream as it is set; never its password.</summary>
    /// <param name="Kind"><c>pool</c>, <c>node</c> or <c>embedded</c>.</param>
    /// <param name="Url">Its address.</param>
    /// <param name="User">A pool's worker, a node's RPC user.</param>
    /// <param name="Coin">Of a node.</param>
    /// <param name="PayoutAddress">Where a node's blocks pay to.</param>
    internal sealed record UpstreamEntry(string Kind, string Url, string User, string Coin, string PayoutAddress)
    {
        public static UpstreamEntry Of(UpstreamOptions options) => new(
            $"{options.ParsedKind}".ToLowerInvariant(), options.Url, options.User, options.Coin, options.PayoutAddress);
    }

    /// <summary>The list to be set.</summary>
    /// <param name="Upstreams">The preferred one first; empty for the embedded chain.</param>
    internal sealed record UpstreamWishes(IReadOnlyList<UpstreamWish>? Upstreams);

    /// <summary>What was found.</summary>
    /// <param name="Works">The gateway could work with it.</param>
    /// <param name="Summary">One sentence.</param>
    /// <param name="Details">The most important first.</param>
    internal sealed record UpstreamTrial(bool Works, string Summary, IReadOnlyList<Finding> Details)
    {
        public static UpstreamTrial Of(UpstreamFindings found) => new(
            found.Works, found.Summary, [.. found.Details.Select(detail => new Finding(detail.Topic, detail.Finding))]);
    }

    /// <summary>One thing that was found.</summary>
    /// <param name="Topic">What about.</param>
    /// <param name="Text">What there is to say.</param>
    internal sealed record Finding(string Topic, string Text);
}
