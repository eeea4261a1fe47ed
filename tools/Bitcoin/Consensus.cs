namespace MicroFirmware.Bitcoin;

/// <summary>Limits that every Bitcoin-like chain shares (Bitcoin Core, <c>consensus/consensus.h</c>, <c>amount.h</c>).
/// </summary>
public static class Consensus
{
    /// <summary>Weight units a block may have (BIP 141).</summary>
    public const int MaxBlockWeight = 4_000_000;

    /// <summary>Octets that a block without its witnesses may have.</summary>
    public const int MaxStrippedSize = MaxBlockWeight / WitnessScale;

    /// <summary>Weight units of an octet that is no witness (BIP 141).</summary>
    public const int WitnessScale = 4;

    /// <summary>Satoshi in a bitcoin.</summary>
    public const ulong Coin = 100_000_000;

    /// <summary>Satoshi that can ever be: 21 million bitcoin.</summary>
    public const ulong MaxMoney = 21_000_000 * Coin;

    /// <summary>Octets a coinbase's script has at least.</summary>
    public const int MinCoinbaseScript = 2;

    /// <summary>Octets a coinbase's script has at most.</summary>
    public const int MaxCoinbaseScript = 100;

    /// <summary>Newly made satoshi in a block.</summary>
    /// <param name="height">Height of the block.</param>
    /// <param name="halvingInterval">Blocks between two halvings: 210,000, or 150 on a regression test chain.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interval below 1, a negative height.</exception>
    public static ulong Subsidy(int height, int halvingInterval)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentOutOfRangeException.ThrowIfLessThan(halvingInterval, 1);
        int halvings = height / halvingInterval;
        return halvings >= 64 ? 0 : (50 * Coin) >> halvings;
    }
}
