using MicroFirmware.Gateway.Jobs;

namespace MicroFirmware.Gateway.Shares;

/// <summary>What the validator found.</summary>
/// <param name="Check">Verdict, hash and work to credit.</param>
/// <param name="GoesUp">The job whose upstream wants the share, whatever the verdict is; null for none.</param>
internal readonly record struct ShareFinding(ShareCheck Check, Job? GoesUp);
