namespace MicroFirmware.Lightning.Payouts;

/// <summary>What may be paid out.</summary>
public sealed record PayoutOptions
{
    private const int Million = 1_000_000;

    /// <summary>Prefix of the invoices that are paid: the chain's.</summary>
    public string Prefix { get; init; } = "bc";

    /// <summary>Least amount of a payout, in millisatoshi. Default one satoshi.</summary>
    public long MinMsat { get; init; } = 1_000;

    /// <summary>Most of a payout; more takes a person's approval. Default 100,000 sat.</summary>
    public long ApprovalMsat { get; init; } = 100_000_000;

    /// <summary>Most of all payouts of 24 hours, fees included. Default 1,000,000 sat.</summary>
    public long DailyCapMsat { get; init; } = 1_000_000_000;

    /// <summary>Fee that is reserved whatever the amount, in millisatoshi: what nodes ask for small payments.</summary>
    public long FeeBaseMsat { get; init; } = 3_000;

    /// <summary>Fee that is reserved besides, in parts per million. Default one percent.</summary>
    public int FeePpm { get; init; } = 10_000;

    /// <summary>How long a node shall try. Only when that is over, and a minute, a payment that nobody knows of counts
    /// as never sent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is reserved for the way, besides an amount.</summary>
    /// <param name="amountMsat">0 or more.</param>
    /// <exception cref="OverflowException">More than 63 bits.</exception>
    public long FeeLimitOf(long amountMsat) =>
        checked(FeeBaseMsat + (long)((Int128)amountMsat * FeePpm / Million));

    /// <summary>The largest payout that a balance covers, fee included; 0 where it covers none.</summary>
    /// <param name="balanceMsat">Any number.</param>
    public long LargestOf(Int128 balanceMsat)
    {
        Int128 left = Int128.Min(balanceMsat, long.MaxValue) - FeeBaseMsat;
        if (left <= 0)
        {
            return 0;
        }

        // The fee is rounded down, so one more may fit.
        long amount = (long)(left * Million / (Million + FeePpm));
        return Fits(amount + 1) ? amount + 1 : amount;

        bool Fits(long more) => more + ((Int128)more * FeePpm / Million) <= left;
    }
}
