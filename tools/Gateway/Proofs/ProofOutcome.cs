using MicroFirmware.Bitcoin;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>What comes out when a proof is checked.</summary>
/// <param name="Code">Valid, or what is wrong.</param>
/// <param name="Where">The level or header at which a wrong proof ends; 0 for a valid one.</param>
/// <param name="Trace">All hashes that were computed, exclusive or.</param>
public sealed record ProofOutcome(FindingCode Code, int Where, Hash256 Trace)
{
    /// <summary>What a board says it is.</summary>
    internal static ProofOutcome Of(ProofFinding finding) =>
        new(finding.Code, finding.Where, new Hash256(finding.Trace));
}
