namespace MicroFirmware.Ledger.Rewards;

/// <summary>Work as it was booked.</summary>
/// <param name="Booking">What was booked together has one number and counts as simultaneous.</param>
/// <param name="Who">Who proved it.</param>
/// <param name="Work">Expected hashes, 1 or more.</param>
public readonly record struct BookedWork(long Booking, string Who, long Work);
