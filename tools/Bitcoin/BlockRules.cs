namespace MicroFirmware.Bitcoin;

/// <summary>What a block must fit: its place in the chain and the limits there.</summary>
public sealed record BlockRules
{
    /// <summary>Hash of the block it must build on.</summary>
    public required Hash256 PreviousHash { get; init; }

    /// <summary>Its height.</summary>
    public required int Height { get; init; }

    /// <summary>The compact target it must carry.</summary>
    public required uint Bits { get; init; }

    /// <summary>The least time it may carry, seconds since 1970: the median of the last 11 blocks plus one.</summary>
    public uint MinTime { get; init; }

    /// <summary>The greatest time it may carry, seconds since 1970: two hours from now on a public chain.</summary>
    public uint MaxTime { get; init; } = uint.MaxValue;

    /// <summary>Satoshi its coinbase may pay: subsidy and fees.</summary>
    public required ulong CoinbaseValue { get; init; }

    /// <summary>Whether a coinbase must begin with its height (BIP 34).</summary>
    public bool NamesHeight { get; init; } = true;

    /// <summary>Whether witnesses are known (BIP 141).</summary>
    public bool Witness { get; init; } = true;
}
