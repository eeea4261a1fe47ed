namespace MicroFirmware.Lightning.Payouts;

/// <summary>What may be paid out.</summary>
public sealed record PayoutOptions
{
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
}
