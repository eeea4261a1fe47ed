using MicroFirmware.Gateway.Jobs;

namespace MicroFirmware.Gateway.Shares;

/// <summary>What the validator found.</summary>
/// <param name="Check">Verdict, hash and work to credit.</param>
/// <param name="Solution">What goes upstream of it, whatever the verdict is; null for nothing.</param>
internal readonly record struct ShareFinding(ShareCheck Check, Solution? Solution);
