namespace MicroFirmware.Emulator.Miners;

/// <summary>What a virtual Stratum miner has done so far.</summary>
/// <param name="Connected">Whether it has work at the moment.</param>
/// <param name="Jobs">Jobs that it was given.</param>
/// <param name="Hashes">Hashes done.</param>
/// <param name="Accepted">Shares that the server took.</param>
/// <param name="Rejected">Shares that it refused.</param>
/// <param name="Difficulty">The difficulty of the moment; 0 before the first.</param>
/// <param name="LastError">What went wrong last, in the server's or the system's words; empty for nothing.</param>
public readonly record struct MinerFigures(
    bool Connected, int Jobs, long Hashes, long Accepted, long Rejected, double Difficulty, string LastError);
