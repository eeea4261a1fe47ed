namespace MicroFirmware.Lightning.Payouts;

/// <summary>What became of a payout.</summary>
public enum PayoutState
{
    /// <summary>The payee has it, and the ledger says so.</summary>
    Paid,

    /// <summary>It failed, and the money is back in its account.</summary>
    Returned,

    /// <summary>It is under way or unknown; the money stays reserved until that is known.</summary>
    Pending,

    /// <summary>It was never begun: the reason says why not.</summary>
    Refused,
}
