using MicroFirmware.Gateway.Boards;
using MicroFirmware.Ledger.Earnings;

namespace MicroFirmware.Gateway.Overview;

/// <summary>The whole gateway at one glance.</summary>
/// <param name="Figures">Its figures since it started.</param>
/// <param name="SharesInWindow">How many credited shares of the last <c>Shares:RateWindow</c> prove its rate.</param>
/// <param name="ProvingShares">As many shares of one size as would prove it as well: its doubt is 1 / sqrt(n).</param>
/// <param name="Boards">How many boards are in which state.</param>
/// <param name="Claims">What boards say themselves, beside what they prove.</param>
/// <param name="Best">The best share of all time; null before the first.</param>
/// <param name="BestToday">Difficulty of the best share of this day, UTC; 0 for none.</param>
/// <param name="Network">The chain that is mined, and the odds; null while there is no work.</param>
/// <param name="Day">What a day is worth and costs; null where there is nothing to reckon with.</param>
public sealed record OverviewReport(
    GatewayStatistics Figures,
    int SharesInWindow,
    double ProvingShares,
    BoardTally Boards,
    ClaimReport Claims,
    BestShare? Best,
    double BestToday,
    NetworkReport? Network,
    BoardDay? Day);
