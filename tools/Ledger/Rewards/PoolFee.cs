namespace MicroFirmware.Ledger.Rewards;

/// <summary>What the pool keeps of a block.</summary>
/// <param name="Ppm">Parts per million, 0 to 1,000,000.</param>
public readonly record struct PoolFee(int Ppm)
{
    /// <summary>All of it.</summary>
    public const int Whole = 1_000_000;

    /// <summary>The fee, rounded down.</summary>
    /// <param name="amount">Millisatoshi, 0 or more.</param>
    public long Of(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfNegative(Ppm);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Ppm, Whole);
        return (long)((Int128)amount * Ppm / Whole);
    }
}
