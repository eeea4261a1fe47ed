namespace MicroFirmware.Gateway.Shares;

/// <summary>A block as it stands in the store.</summary>
/// <param name="Number">Greater than that of every block before it.</param>
/// <param name="Block">The block.</param>
/// <param name="Found">When it was found.</param>
/// <param name="IsSettled">Whether its reward is in the ledger.</param>
internal sealed record StoredBlock(long Number, FoundBlock Block, DateTimeOffset Found, bool IsSettled);
