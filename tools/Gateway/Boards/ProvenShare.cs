using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Boards;

/// <summary>A share as it stands in the store.</summary>
/// <param name="Received">When it came.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Difficulty">What it was credited with; 0 where it was not.</param>
/// <param name="Job">Its job.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Sequence">Its number, of this board's shares.</param>
public sealed record ProvenShare(
    DateTimeOffset Received, VerdictCode Verdict, double Difficulty, ulong Job, uint Nonce, ulong Sequence);
