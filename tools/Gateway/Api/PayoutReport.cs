using MicroFirmware.Gateway.Payouts;

namespace MicroFirmware.Gateway.Api;

/// <summary>A payout as the API shows it.</summary>
/// <param name="Id">Its number; null for a trial.</param>
/// <param name="Account">Who pays.</param>
/// <param name="Target">Who is paid.</param>
/// <param name="AmountMsat">How much the payee gets.</param>
/// <param name="FeeMsat">What the way cost; 0 until it is paid.</param>
/// <param name="State"><c>awaitsApproval</c>, <c>asking</c>, <c>sending</c>, <c>paid</c>, <c>returned</c>,
/// <c>refused</c>, <c>rejected</c>, or <c>trial</c>.</param>
/// <param name="Reason">Why it is not paid, for people.</param>
/// <param name="ToDo">What its owner can do, for people.</param>
/// <param name="PaymentHash">64 hexadecimal digits; null before there is one.</param>
/// <param name="Cause"><c>schedule</c> or <c>owner</c>.</param>
/// <param name="Begun">When it was asked for.</param>
/// <param name="Changed">When it came to this state.</param>
internal sealed record PayoutReport(
    long? Id,
    string Account,
    string Target,
    long AmountMsat,
    long FeeMsat,
    string State,
    string Reason,
    string ToDo,
    string? PaymentHash,
    string Cause,
    DateTimeOffset Begun,
    DateTimeOffset Changed)
{
    private const string Trial = "trial";
    private const string Large = "It would wait for the owner's approval. ";

    public static PayoutReport Of(PayoutRecord payout)
    {
        bool isTrial = payout.Id == 0;
        string stage = payout.Stage.ToString();
        return new PayoutReport(isTrial ? null : payout.Id, payout.Account, payout.Target, payout.AmountMsat,
            payout.FeeMsat, isTrial ? Trial : char.ToLowerInvariant(stage[0]) + stage[1..],
            isTrial ? (payout.Stage == PayoutStage.AwaitsApproval ? Large : "")
                + "Nothing was sent, because this was a trial." : payout.Reason,
            isTrial ? "" : payout.ToDo, payout.Hash.Length > 0 ? payout.Hash : null, payout.Cause, payout.Begun,
            payout.Changed);
    }
}
