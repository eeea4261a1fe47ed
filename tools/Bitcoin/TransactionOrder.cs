namespace MicroFirmware.Bitcoin;

/// <summary>The order of a block's transactions after the coinbase.</summary>
public enum TransactionOrder
{
    /// <summary>A transaction comes after those that it spends from: the order in which a node gives them.</summary>
    Topological,

    /// <summary>By id as a number, rising: Bitcoin Cash.</summary>
    Canonical,
}
