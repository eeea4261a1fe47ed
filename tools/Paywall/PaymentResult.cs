namespace MicroFirmware.Paywall;

/// <summary>What the cashier says. Where several reasons apply, the first one of this list is given.</summary>
public enum PaymentResult
{
    /// <summary>It is paid for.</summary>
    Paid,

    /// <summary>There is no credential, or one of another scheme.</summary>
    NoCredential,

    /// <summary>The credential is not of its scheme's form.</summary>
    Malformed,

    /// <summary>The token is not one of this paywall's, was widened, or the preimage is not its invoice's.</summary>
    Forged,

    /// <summary>The token is for another path.</summary>
    WrongPath,

    /// <summary>The token has expired.</summary>
    Expired,

    /// <summary>Less was paid, or the payer agrees to less, than it costs.</summary>
    TooLittle,

    /// <summary>The token was used as often as it may be.</summary>
    UsedUp,

    /// <summary>There is no such payer, or the code was not made with its key for this page.</summary>
    BadMac,

    /// <summary>The payer's counter is not greater than the last one.</summary>
    Replayed,

    /// <summary>The payer's balance does not suffice; nothing was debited.</summary>
    InsufficientBalance,

    /// <summary>The payer is the payee.</summary>
    OwnPage,

    /// <summary>The disk does not take it now.</summary>
    Busy,
}
