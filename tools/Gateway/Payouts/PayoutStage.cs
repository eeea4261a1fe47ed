namespace MicroFirmware.Gateway.Payouts;

/// <summary>How far a payout has come. The numbers are in the store.</summary>
public enum PayoutStage
{
    /// <summary>It is larger than a payout may be without the owner's approval. Nothing is reserved.</summary>
    AwaitsApproval = 0,

    /// <summary>The payee is asked for an invoice. Nothing is reserved.</summary>
    Asking = 1,

    /// <summary>It is reserved, and with the node. Only the node's word ends it.</summary>
    Sending = 2,

    /// <summary>The payee has it.</summary>
    Paid = 3,

    /// <summary>It failed, and the money is back in the account.</summary>
    Returned = 4,

    /// <summary>It was never begun; the reason says why.</summary>
    Refused = 5,

    /// <summary>The owner said no.</summary>
    Rejected = 6,
}
