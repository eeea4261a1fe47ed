namespace MicroFirmware.Bitcoin;

/// <summary>The first rule that a block breaks, in the order in which rules are checked.</summary>
public enum BlockVerdict
{
    /// <summary>It breaks none of the rules that are checked here.</summary>
    Good,

    /// <summary>It does not build on the block it was checked against.</summary>
    WrongPrevious,

    /// <summary>Its compact target is not the one asked for.</summary>
    WrongTarget,

    /// <summary>Its hash is above its target.</summary>
    HighHash,

    /// <summary>Its time is before the least time allowed.</summary>
    TimeTooOld,

    /// <summary>Its time is after the greatest time allowed.</summary>
    TimeTooNew,

    /// <summary>No transactions, or more than fit.</summary>
    BadLength,

    /// <summary>The merkle root is not that of the transactions.</summary>
    WrongMerkleRoot,

    /// <summary>
    /// The merkle root is right, and so it would be for another list of transactions (CVE-2012-2459).
    /// </summary>
    DuplicateTransaction,

    /// <summary>The first transaction is not a coinbase, or another one is.</summary>
    CoinbaseMisplaced,

    /// <summary>The coinbase's script is not 2 to 100 octets.</summary>
    WrongCoinbaseLength,

    /// <summary>The coinbase does not begin with the block's height (BIP 34).</summary>
    WrongHeight,

    /// <summary>A transaction creates nothing, spends an output twice, or an amount is out of range.</summary>
    BadTransaction,

    /// <summary>The commitment to the witnesses is wrong, or the coinbase's own witness is (BIP 141).</summary>
    WrongWitnessCommitment,

    /// <summary>There are witnesses and no commitment to them (BIP 141).</summary>
    UnexpectedWitness,

    /// <summary>Too heavy (BIP 141).</summary>
    TooHeavy,

    /// <summary>The coinbase pays more than the block may make.</summary>
    CoinbaseTooHigh,
}
