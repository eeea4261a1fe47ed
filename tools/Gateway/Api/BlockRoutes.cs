using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Shares;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/blocks</c>: blocks that shares have solved.</summary>
internal static class BlockRoutes
{
    public static void MapBlocks(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/blocks", List)
        .WithName("ListBlocks")
        .WithSummary("Every block that a share has solved, the newest first, a page at a time.")
        .InPages()
        .Needs(AccessScope.Read);

    private static Ok<BlockPage> List(BlockHistory history, [AsParameters] PageBefore page)
    {
        IReadOnlyList<StoredBlock> shown = history.Page(page.Before, page.Count());
        return TypedResults.Ok(new BlockPage(
            [.. shown.Select(BlockReport.Of)], page.Next(shown, block => block.Number)));
    }

    /// <summary>A page of blocks.</summary>
    /// <param name="Blocks">The newest first.</param>
    /// <param name="Next">What to give as <c>before</c> for the next page; null on the last one.</param>
    internal sealed record BlockPage(IReadOnlyList<BlockReport> Blocks, long? Next);

    /// <summary>A block.</summary>
    /// <param name="Number">Greater than that of every block before it.</param>
    /// <param name="Height">Its height.</param>
    /// <param name="Hash">Its hash, as people read it.</param>
    /// <param name="Device">Who found it.</param>
    /// <param name="Found">When.</param>
    /// <param name="State"><c>stored</c> while its fate is not known, <c>accepted</c> or <c>rejected</c>.</param>
    /// <param name="Settled">Whether its reward is in the ledger.</param>
    /// <param name="Reason">Why the upstream refused it; empty where it did not.</param>
    internal sealed record BlockReport(
        long Number, int Height, string Hash, string Device, DateTimeOffset Found, string State, bool Settled,
        string Reason)
    {
        public static BlockReport Of(StoredBlock stored) => new(
            stored.Number, stored.Block.Height, stored.Block.Hash, stored.Block.Device, stored.Found,
            ApiWord.Of(stored.Block.State), stored.IsSettled, stored.Block.Reason);
    }
}
