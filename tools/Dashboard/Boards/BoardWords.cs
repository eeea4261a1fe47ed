using MicroFirmware.Dashboard.Parts;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Protocol;

namespace MicroFirmware.Dashboard.Boards;

/// <summary>What boards say and what becomes of them, in words for people.</summary>
internal static class BoardWords
{
    public static string Word(this BoardState state) => state switch
    {
        BoardState.Safe => "Safe mode",
        BoardState.Degraded => "Degraded",
        BoardState.Unproven => "Unproven",
        BoardState.Offline => "Offline",
        BoardState.NotSeen => "Not seen",
        BoardState.Paused => "Paused",
        BoardState.Mining => "Mining",
        _ => "Revoked",
    };

    public static Tone Tone(this BoardState state) => state switch
    {
        BoardState.Mining => Parts.Tone.Good,
        BoardState.Paused => Parts.Tone.Plain,
        BoardState.NotSeen or BoardState.Revoked => Parts.Tone.Plain,
        BoardState.Unproven => Parts.Tone.Busy,
        BoardState.Degraded => Parts.Tone.Warn,
        _ => Parts.Tone.Bad,
    };

    /// <summary>What a state means, and what to do about it.</summary>
    public static string Meaning(this BoardState state) => state switch
    {
        BoardState.Safe => "It started in vain again and again, so it waits, and tries once more after 15 minutes. "
            + "Plug it in and run micro monitor to see what it says.",
        BoardState.Degraded => "It mines, and says that something is wrong.",
        BoardState.Unproven => "It is connected, and no share has proven yet that it mines. The first one takes up to "
            + "a minute or two on a slow board.",
        BoardState.Offline => "Its connection has ended. It comes back by itself when it has power and Wi-Fi; shares "
            + "that it found meanwhile are sent then.",
        BoardState.NotSeen => "It was not seen since the gateway started.",
        BoardState.Paused => "It is connected and rests.",
        BoardState.Mining => "Its shares prove that it mines.",
        _ => "Its owner revoked it: the gateway refuses it. What it has earned stays.",
    };

    /// <summary>Why it is not simply mining; null where nothing is the matter.</summary>
    public static string? Cause(string? cause) => cause switch
    {
        null => null,
        "no-network" => "no network",
        "no-broker" => "shares wait",
        "fallback" => "second gateway",
        "no-time" => "no clock",
        "queue" => "gives shares up",
        "no-flash" => "flash fails",
        "paused" => "by order",
        "quiet" => "quiet hours",
        "hot" => "too hot",
        "foreground" => "its other job",
        "budget" => "power budget",
        _ => cause,
    };

    /// <summary>Why a board last started.</summary>
    public static string Reset(string? reason) => reason switch
    {
        null => "–",
        "power" => "power came, or it crashed",
        "console" => "somebody at its console",
        "command" => "an order",
        "stall" => "nothing was hashed for ten minutes",
        "update" => "an update",
        "trial" => "an update that did not reach mining",
        "safe" => "another try after safe mode",
        "settings" => "new settings",
        _ => reason,
    };

    public static string Word(this VerdictCode verdict) => verdict switch
    {
        VerdictCode.Accepted => "Accepted",
        VerdictCode.BlockFound => "Block found",
        VerdictCode.UnknownJob => "Unknown job",
        VerdictCode.Stale => "Late",
        VerdictCode.Duplicate => "Duplicate",
        VerdictCode.LowDifficulty => "Low difficulty",
        VerdictCode.OutOfLane => "Out of lane",
        VerdictCode.BadNTime => "Bad time",
        VerdictCode.BadVersionBits => "Bad version bits",
        VerdictCode.BadTag => "Bad tag",
        _ => "Malformed",
    };

    public static Tone Tone(this VerdictCode verdict) => verdict switch
    {
        VerdictCode.Accepted or VerdictCode.BlockFound => Parts.Tone.Good,
        VerdictCode.Stale or VerdictCode.UnknownJob => Parts.Tone.Warn,
        _ => Parts.Tone.Bad,
    };

    public static string Word(this OrderResult? result, Deed deed) => result switch
    {
        null => "Waiting",
        OrderResult.Sent => deed.IsOrder ? "Sent" : "Done",
        OrderResult.Offline => "Refused: not connected",
        OrderResult.TakesNone => "Refused: Stratum knows no orders",
        OrderResult.NoSuchDevice => "Refused: unknown or revoked",
        _ => "Refused: nothing can be stored",
    };

    public static Tone Tone(this OrderResult? result) => result switch
    {
        null => Parts.Tone.Busy,
        OrderResult.Sent => Parts.Tone.Good,
        OrderResult.StoreUnavailable => Parts.Tone.Bad,
        _ => Parts.Tone.Warn,
    };

    /// <summary>What is done, as the beginning of a sentence.</summary>
    public static string Word(this Deed deed) => deed.Kind switch
    {
        DeedKind.Identify => $"Blink for {deed.Value} s",
        DeedKind.Pause => "Pause",
        DeedKind.Resume => "Resume",
        DeedKind.Restart => "Restart",
        DeedKind.Duty => $"Set duty to {deed.Value} %",
        DeedKind.Gateway => $"Go to gateway “{deed.Text}”",
        DeedKind.Update => "Update over the air",
        DeedKind.Group => deed.Text.Length == 0 ? "Take out of the group" : $"Put into group “{deed.Text}”",
        DeedKind.Revoke => "Revoke",
        _ => "Let in again",
    };

    /// <summary>What follows from it.</summary>
    public static string Consequence(this DeedKind kind) => kind switch
    {
        DeedKind.Identify => "The board's light blinks; it goes on mining.",
        DeedKind.Pause => "It stops hashing until it is told to resume. Shares that it has found are still sent.",
        DeedKind.Resume => "It hashes again, if nothing else keeps it from it.",
        DeedKind.Restart => "It starts anew, within seconds. Shares that wait are written down before, and sent after.",
        DeedKind.Duty => "It hashes for this part of the time; its own setting may be lower, and then counts.",
        DeedKind.Gateway => "It goes there, and comes back if it finds no work there.",
        DeedKind.Update => "It fetches the update that is published, proves its signature, and goes back by itself if "
            + "the new image does not reach mining.",
        DeedKind.Group => "Groups are for you; boards do not hear of them.",
        DeedKind.Revoke => "It is cut off and refused from now on, until you let it in again. What it has earned "
            + "stays.",
        _ => "It may come back with the key it had.",
    };
}
