using System.Numerics;

namespace MicroFirmware.Ledger.Earnings;

/// <summary>
/// What a board earns in a day and what its electricity costs. A pure function in whole numbers: what is earned is
/// rounded down and what is spent is rounded up, each once, at the end. It is an average: a board that finds blocks
/// alone gets all of a block or, most days of its life, nothing.
/// </summary>
/// <param name="EarnedPicoMsat">What the work is worth, in 10^-12 millisatoshi.</param>
/// <param name="DaysPerSatoshi">Days until that is a whole satoshi; null where nothing is earned.</param>
/// <param name="MilliwattHours">What it draws.</param>
/// <param name="CostPico">What that costs, in 10^-12 of the currency; null without a price of electricity.</param>
/// <param name="EarnedPico">What was earned, in the same; null without a price of bitcoin.</param>
/// <param name="CostMsat">What the electricity costs in millisatoshi; null without both prices.</param>
public sealed record BoardDay(
    BigInteger EarnedPicoMsat,
    BigInteger? DaysPerSatoshi,
    BigInteger MilliwattHours,
    BigInteger? CostPico,
    BigInteger? EarnedPico,
    BigInteger? CostMsat)
{
    private const int Seconds = 86_400;
    private const int Hours = 24;
    private const int Thousand = 1_000;

    private static readonly BigInteger s_pico = BigInteger.Pow(10, 12);
    private static readonly BigInteger s_msatPerBitcoin = BigInteger.Pow(10, 11);

    /// <summary>The day of a board.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its range.</exception>
    public static BoardDay Of(BoardTerms terms)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(terms.HashesPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegative(terms.Watts);
        ArgumentOutOfRangeException.ThrowIfNegative(terms.KilowattHour ?? 0);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(terms.Bitcoin ?? 1);

        (BigInteger rate, BigInteger rateScale) = WorkPrice.Fraction(terms.HashesPerSecond);
        (BigInteger watts, BigInteger wattScale) = WorkPrice.Fraction(terms.Watts);
        BigInteger earned = rate * Seconds * terms.Price.Msat;
        BigInteger earnedScale = rateScale * terms.Price.Hashes;
        (BigInteger Cost, BigInteger Scale)? cost = null;
        if (terms.KilowattHour is { } hour)
        {
            (BigInteger price, BigInteger scale) = WorkPrice.Fraction(hour);
            cost = (watts * Hours * price, wattScale * scale * Thousand);
        }

        (BigInteger Price, BigInteger Scale)? bitcoin =
            terms.Bitcoin is { } one ? WorkPrice.Fraction(one) : null;
        return new BoardDay(
            earned * s_pico / earnedScale,
            earned.IsZero ? null : Up(Thousand * earnedScale, earned),
            Up(watts * Hours * Thousand, wattScale),
            cost is { } spent ? Up(spent.Cost * s_pico, spent.Scale) : null,
            bitcoin is { } worth
                ? earned * worth.Price * s_pico / (earnedScale * worth.Scale * s_msatPerBitcoin)
                : null,
            cost is { } c && bitcoin is { } b ? Up(c.Cost * s_msatPerBitcoin * b.Scale, c.Scale * b.Price) : null);
    }

    private static BigInteger Up(BigInteger number, BigInteger divisor) => (number + divisor - 1) / divisor;
}
