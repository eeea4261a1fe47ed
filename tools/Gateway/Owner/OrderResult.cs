namespace MicroFirmware.Gateway.Owner;

/// <summary>What became of an order.</summary>
public enum OrderResult
{
    /// <summary>It is on its way.</summary>
    Sent,

    /// <summary>No device of this id is registered, or it was revoked.</summary>
    NoSuchDevice,

    /// <summary>The board is not connected; orders are not kept for later.</summary>
    Offline,

    /// <summary>It is a Stratum miner: that protocol knows no orders.</summary>
    TakesNone,

    /// <summary>The store takes nothing at the moment.</summary>
    StoreUnavailable,
}
