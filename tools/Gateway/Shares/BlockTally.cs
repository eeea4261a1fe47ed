namespace MicroFirmware.Gateway.Shares;

/// <summary>Blocks that this gateway's shares have solved, all that are in the store.</summary>
/// <param name="Accepted">Those that the upstream took.</param>
/// <param name="Rejected">Those that the upstream refused, or that another one came before.</param>
/// <param name="Open">Those whose fate is not known.</param>
public sealed record BlockTally(long Accepted, long Rejected, long Open);
