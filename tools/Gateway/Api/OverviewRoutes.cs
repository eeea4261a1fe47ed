using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Overview;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/overview</c>: what the first page shows beside the figures of <c>/v1/stats</c>.</summary>
internal static class OverviewRoutes
{
    public static void MapOverview(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/overview", (OverviewDesk desk) => TypedResults.Ok(Overview.Of(desk.Take())))
        .WithName("GetOverview")
        .WithSummary("What is proven beside what is claimed, best shares, blocks and the chain, a second old at most.")
        .Needs(AccessScope.Read);

    /// <summary>The gateway at one glance.</summary>
    /// <param name="ProvenHashesPerSecond">What credited shares of the last <c>Shares:RateWindow</c> prove.</param>
    /// <param name="ProvingShares">How many shares prove it.</param>
    /// <param name="ClaimingBoards">Boards that are here and say a rate.</param>
    /// <param name="ClaimedHashesPerSecond">What they say, all together.</param>
    /// <param name="ContradictedBoards">How many of them their shares contradict.</param>
    /// <param name="BoardsByState">How many boards are in which state, such as <c>mining</c>.</param>
    /// <param name="BestDifficulty">The best share of all time; null before the first.</param>
    /// <param name="BestDevice">Who found it; null before the first.</param>
    /// <param name="BestDifficultyToday">The best share of this day, UTC; 0 for none.</param>
    /// <param name="BlocksAccepted">Blocks that the upstream took, ever.</param>
    /// <param name="BlocksRejected">Blocks that the upstream refused, ever.</param>
    /// <param name="BlocksOpen">Blocks whose fate is not known.</param>
    /// <param name="Chain">The chain that is mined; null while there is no work.</param>
    internal sealed record Overview(
        double ProvenHashesPerSecond,
        int ProvingShares,
        int ClaimingBoards,
        double ClaimedHashesPerSecond,
        int ContradictedBoards,
        IReadOnlyDictionary<string, int> BoardsByState,
        double? BestDifficulty,
        string? BestDevice,
        double BestDifficultyToday,
        long BlocksAccepted,
        long BlocksRejected,
        long BlocksOpen,
        Chain? Chain)
    {
        public static Overview Of(OverviewReport report) => new(
            report.Figures.ProvenHashesPerSecond,
            report.SharesInWindow,
            report.Claims.Claiming,
            report.Claims.ClaimedHashesPerSecond,
            report.Claims.ContradictedCount,
            Enum.GetValues<BoardState>().ToDictionary(ApiWord.Of, state => report.Boards[state]),
            report.Best?.Difficulty,
            report.Best?.Board,
            report.BestToday,
            report.Figures.BlocksAccepted,
            report.Figures.BlocksRejected,
            report.Figures.BlocksOpen,
            report.Network is { } network ? Chain.Of(network, report.Figures.ProvenHashesPerSecond) : null);
    }

    /// <summary>The chain that is mined.</summary>
    /// <param name="Coin">What people call it.</param>
    /// <param name="Practice">It is the chain inside the gateway: its coins are worth nothing.</param>
    /// <param name="Height">Height of the block that is worked on.</param>
    /// <param name="Difficulty">Difficulty of the block.</param>
    /// <param name="HashesPerSecond">Hashes a second of all who mine it, as its difficulty says.</param>
    /// <param name="SecondsToBlock">Until a block at the proven rate, on average; null at no rate.</param>
    internal sealed record Chain(
        string Coin, bool Practice, int Height, double Difficulty, double HashesPerSecond, double? SecondsToBlock)
    {
        public static Chain Of(NetworkReport network, double rate) => new(
            network.Coin, network.IsPractice, network.Height, network.Difficulty, network.HashesPerSecond,
            rate > 0 ? network.SecondsToBlock(rate) : null);
    }
}
