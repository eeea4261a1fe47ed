using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>One lane of a job, given to one device: headers that nobody else was or will be given.</summary>
/// <param name="Lane">Number of the lane within the job.</param>
/// <param name="Header">The header to begin with; every nonce is the device's.</param>
/// <param name="VersionMask">Version bits that the device may set as it likes.</param>
/// <param name="NTimeRollSeconds">How far ntime may be moved forward.</param>
/// <param name="ShareTarget">A hash not above this is a share. Never below the block's target, so that no solution of
/// the block goes unreported.</param>
/// <param name="ShareWork">What such a share proves, in expected hashes.</param>
public readonly record struct LaneGrant(
    uint Lane, BlockHeader Header, uint VersionMask, ushort NTimeRollSeconds, UInt256 ShareTarget, ulong ShareWork);
