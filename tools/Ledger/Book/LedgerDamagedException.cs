namespace MicroFirmware.Ledger.Book;

/// <summary>The book contradicts itself: somebody changed it, or a disk did.</summary>
/// <param name="posting">The first posting that does not fit.</param>
/// <param name="reason">What does not fit.</param>
public sealed class LedgerDamagedException(long posting, string reason)
    : Exception($"The ledger is damaged at posting {posting}: {reason}. Put back a copy of it that verifies.")
{
    /// <summary>The first posting that does not fit.</summary>
    public long Posting => posting;
}
