namespace MicroFirmware.Gateway.Payouts;

/// <summary>A payout as people follow it. What it moved is the ledger's to say; this names whom, why, and what to do.
/// </summary>
/// <param name="Id">Its number, from 1.</param>
/// <param name="Account">Who pays.</param>
/// <param name="Target">Who is paid.</param>
/// <param name="AmountMsat">How much the payee gets.</param>
/// <param name="FeeMsat">What the way cost; 0 until it is paid.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Reason">Why it is not paid, for people; empty where there is nothing to say.</param>
/// <param name="Hash">The payment's hash; empty before there is one.</param>
/// <param name="Cause"><c>schedule</c> or <c>owner</c>.</param>
/// <param name="Begun">When it was asked for.</param>
/// <param name="Changed">When it came to this stage.</param>
public sealed record PayoutRecord(
    long Id,
    string Account,
    string Target,
    long AmountMsat,
    long FeeMsat,
    PayoutStage Stage,
    string Reason,
    string Hash,
    string Cause,
    DateTimeOffset Begun,
    DateTimeOffset Changed)
{
    /// <summary>Begun by the schedule.</summary>
    public const string Schedule = "schedule";

    /// <summary>Begun by the owner.</summary>
    public const string Owner = "owner";

    /// <summary>Whether it has not come to its end.</summary>
    public bool IsOpen => Stage <= PayoutStage.Sending;

    /// <summary>What its owner can do now, for people; empty where nothing is to be done.</summary>
    public string ToDo => Stage switch
    {
        PayoutStage.AwaitsApproval => "Approve or reject it.",
        PayoutStage.Asking => "Wait: the payee is asked for an invoice.",
        PayoutStage.Sending => "Wait: the money is reserved, and the node is asked again every minute. Never pay it by "
            + "another way meanwhile.",
        PayoutStage.Returned => "The money is back in the account. Look at the reason, then pay again.",
        PayoutStage.Refused => "Nothing was sent. Put right what the reason names, then pay again.",
        _ => "",
    };
}
