using MicroFirmware.Bitcoin;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>What a share turned out to be.</summary>
/// <param name="Verdict">Accepted, BlockFound, or the first rule it breaks: OutOfLane, BadVersionBits, BadNTime,
/// LowDifficulty, Duplicate, Stale.</param>
/// <param name="Hash">The header's hash; zero where the share was refused before it was hashed.</param>
/// <param name="Work">Expected hashes to credit; 0 where it was refused.</param>
/// <param name="GoesUp">The upstream wants it: it meets the pool's target, or solves the block.</param>
public readonly record struct ShareCheck(VerdictCode Verdict, Hash256 Hash, ulong Work, bool GoesUp = false);
