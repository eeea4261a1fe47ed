using MicroFirmware.Bitcoin;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Shares;

/// <summary>What the validator found.</summary>
/// <param name="Code">The verdict.</param>
/// <param name="Hash">The header's hash; zero where the verdict came before hashing.</param>
/// <param name="SolvesBlock">The hash meets the block's target, whatever the verdict is.</param>
internal readonly record struct ShareFinding(VerdictCode Code, Hash256 Hash, bool SolvesBlock)
{
    /// <summary>The share is credited.</summary>
    public bool IsAccepted => Code is VerdictCode.Accepted or VerdictCode.BlockFound;
}
