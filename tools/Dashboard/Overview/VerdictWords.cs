using MicroFirmware.Dashboard.Parts;
using MicroFirmware.Protocol;

namespace MicroFirmware.Dashboard.Overview;

/// <summary>Verdicts in words, and which of them are honest work.</summary>
internal static class VerdictWords
{
    /// <summary>All of them, in the order they are shown: what counts first.</summary>
    public static readonly IReadOnlyList<(VerdictCode Code, string Text, Tone Tone)> All =
    [
        (VerdictCode.Accepted, "accepted", Tone.Good),
        (VerdictCode.BlockFound, "accepted, and a block", Tone.Good),
        (VerdictCode.Stale, "late: the block was just found by somebody else", Tone.Warn),
        (VerdictCode.UnknownJob, "for work that is forgotten", Tone.Warn),
        (VerdictCode.Duplicate, "sent twice", Tone.Bad),
        (VerdictCode.LowDifficulty, "not enough work", Tone.Bad),
        (VerdictCode.OutOfLane, "outside of what the board was given", Tone.Bad),
        (VerdictCode.BadNTime, "with a wrong time", Tone.Bad),
        (VerdictCode.BadVersionBits, "with wrong version bits", Tone.Bad),
        (VerdictCode.BadTag, "not signed by the board's key", Tone.Bad),
        (VerdictCode.Malformed, "not understood", Tone.Bad),
    ];
}
