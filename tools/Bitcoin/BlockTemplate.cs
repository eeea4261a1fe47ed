namespace MicroFirmware.Bitcoin;

/// <summary>What a block must hold: as getblocktemplate tells it (BIP 22, BIP 23), before anybody has chosen a
/// coinbase, or as a pool does, which has chosen one.</summary>
public sealed record BlockTemplate
{
    /// <summary>The header's version, without the bits that miners roll.</summary>
    public required uint Version { get; init; }

    /// <summary>The version bits that miners may roll (BIP 320); 0 for none.</summary>
    public uint VersionMask { get; init; } = BlockHeader.RollingMask;

    /// <summary>Hash of the block to build on. Work for another one is worthless.</summary>
    public required Hash256 PreviousHash { get; init; }

    /// <summary>The target in compact form.</summary>
    public required uint Bits { get; init; }

    /// <summary>The header's time to begin with, seconds since 1970.</summary>
    public required uint Time { get; init; }

    /// <summary>The least time allowed, seconds since 1970.</summary>
    public uint MinTime { get; init; }

    /// <summary>The greatest time allowed, seconds since 1970.</summary>
    public uint MaxTime { get; init; } = uint.MaxValue;

    /// <summary>Height of the block.</summary>
    public required int Height { get; init; }

    /// <summary>Satoshi the coinbase may pay.</summary>
    public required ulong CoinbaseValue { get; init; }

    /// <summary>Transactions to include after the coinbase, in this order.</summary>
    public IReadOnlyList<TemplateTransaction> Transactions { get; init; } = [];

    /// <summary>Whether the coinbase commits to witnesses (BIP 141).</summary>
    public bool Witness { get; init; } = true;

    /// <summary>Every template before this one is worthless, even one that builds on the same block.</summary>
    public bool Clean { get; init; }

    /// <summary>The script that the reward goes to; null where whoever makes the coinbase knows that.</summary>
    public byte[]? PayoutScript { get; init; }

    /// <summary>The coin whose addresses the coinbase may pay besides; null where the reward is not to be divided.
    /// </summary>
    public Coin? Coin { get; init; }

    /// <summary>What the coinbase pays to others; what they leave of the reward goes to <see cref="PayoutScript"/>.
    /// </summary>
    public IReadOnlyList<TransactionOutput> Payouts { get; init; } = [];

    /// <summary>The pool's part; null where the coinbase is the miner's to make. With it, coinbase value, transactions
    /// and witness are the pool's concern.</summary>
    public PoolWork? Pool { get; init; }
}
