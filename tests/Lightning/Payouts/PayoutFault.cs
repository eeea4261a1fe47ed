namespace MicroFirmware.Lightning.Tests.Payouts;

/// <summary>What goes wrong with a payout.</summary>
internal enum PayoutFault
{
    /// <summary>The money is reserved, and nothing was sent.</summary>
    KilledBeforeSending,

    /// <summary>It was sent and answered, and nobody is left to write that down.</summary>
    KilledAfterSending,

    /// <summary>It was sent, and the connection broke before the answer.</summary>
    AnswerLost,
}
