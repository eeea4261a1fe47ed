using MicroFirmware.Dashboard.Parts;
using MicroFirmware.Gateway.Payouts;

namespace MicroFirmware.Dashboard.Money;

/// <summary>What a payout's stage is called, and whether it is good news.</summary>
internal static class PayoutWords
{
    public static string Word(this PayoutStage stage) => stage switch
    {
        PayoutStage.AwaitsApproval => "Waits for you",
        PayoutStage.Asking => "Asking",
        PayoutStage.Sending => "On its way",
        PayoutStage.Paid => "Paid",
        PayoutStage.Returned => "Came back",
        PayoutStage.Refused => "Not sent",
        _ => "Rejected",
    };

    public static Tone Tone(this PayoutStage stage) => stage switch
    {
        PayoutStage.AwaitsApproval => Parts.Tone.Warn,
        PayoutStage.Asking or PayoutStage.Sending => Parts.Tone.Busy,
        PayoutStage.Paid => Parts.Tone.Good,
        PayoutStage.Returned or PayoutStage.Refused => Parts.Tone.Bad,
        _ => Parts.Tone.Plain,
    };

    /// <summary>The page of an account.</summary>
    public static string AddressOf(string account) => $"/money/account?name={Uri.EscapeDataString(account)}";

    /// <summary>A target that fits into a line: invoices are long.</summary>
    public static string Short(string target) => target.Length <= 36 ? target : $"{target[..20]}…{target[^10..]}";
}
