namespace MicroFirmware.Emulator.Miners;

/// <summary>Where a virtual Stratum miner mines, and how.</summary>
/// <param name="Host">The server's name or address.</param>
/// <param name="Port">Its port, 3333 by custom.</param>
/// <param name="User">Account or address, mostly with <c>.worker</c>.</param>
/// <param name="Password">Mostly <c>x</c>.</param>
/// <param name="HashesPerSecond">The most it hashes; null for as much as the machine gives.</param>
/// <param name="SuggestedDifficulty">What it asks for, as small miners do; null for nothing.</param>
/// <param name="RollsVersions">Whether it negotiates version rolling (BIP 310).</param>
public sealed record MinerSettings(
    string Host,
    int Port,
    string User,
    string Password = "x",
    double? HashesPerSecond = null,
    double? SuggestedDifficulty = null,
    bool RollsVersions = false)
{
    /// <summary>The port that Stratum servers have by custom.</summary>
    public const int DefaultPort = 3_333;
}
