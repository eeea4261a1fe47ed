namespace MicroFirmware.Gateway.Overview;

/// <summary>Boards' own counters beside their shares: only boards that are here and say a rate.</summary>
/// <param name="Claiming">How many they are.</param>
/// <param name="ClaimedHashesPerSecond">What they say, all together.</param>
/// <param name="ProvenHashesPerSecond">What the same boards prove.</param>
/// <param name="Contradicted">Boards whose shares contradict what they say, the first few.</param>
/// <param name="ContradictedCount">How many those are.</param>
public sealed record ClaimReport(
    int Claiming,
    double ClaimedHashesPerSecond,
    double ProvenHashesPerSecond,
    IReadOnlyList<string> Contradicted,
    int ContradictedCount);
