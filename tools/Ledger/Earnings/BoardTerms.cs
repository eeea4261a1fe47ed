namespace MicroFirmware.Ledger.Earnings;

/// <summary>What a board's day is reckoned from. Where a number comes from is for its user to say.</summary>
/// <param name="HashesPerSecond">What it proves, 0 or more.</param>
/// <param name="Price">What its work is worth.</param>
/// <param name="Watts">What it draws from the wall, 0 or more.</param>
/// <param name="KilowattHour">What a kilowatt-hour costs, in any currency; null where that is not known.</param>
/// <param name="Bitcoin">What a bitcoin costs in the same currency, above 0; null where that is not known.</param>
public sealed record BoardTerms(
    decimal HashesPerSecond, WorkPrice Price, decimal Watts, decimal? KilowattHour = null, decimal? Bitcoin = null);
