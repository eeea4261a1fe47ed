namespace MicroFirmware.Gateway.Payouts;

/// <summary>Why a payout, or a target, is not taken.</summary>
internal enum PayoutFault
{
    /// <summary>It is taken.</summary>
    None,

    /// <summary>The gateway has no Lightning node.</summary>
    NoNode,

    /// <summary>There is no such account, or none that anybody can be paid out of.</summary>
    NoSuchAccount,

    /// <summary>The account has no target, and none was named.</summary>
    NoTarget,

    /// <summary>The target cannot be paid.</summary>
    BadTarget,

    /// <summary>Another payout of the account has not come to its end.</summary>
    AnotherOpen,

    /// <summary>The amount, or the balance, is not one that may be paid; the detail says why.</summary>
    NotPayable,

    /// <summary>The node pays real coins, and the ledger holds coins of a practice chain.</summary>
    PracticeCoins,

    /// <summary>There is no such payout, or it does not wait for approval.</summary>
    NotWaiting,

    /// <summary>Nothing can be stored now.</summary>
    Busy,
}
