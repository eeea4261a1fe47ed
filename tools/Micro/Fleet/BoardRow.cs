namespace MicroFirmware.Micro.Fleet;

/// <summary>One board as a view shows it.</summary>
/// <param name="Board">Device id.</param>
/// <param name="State">What the board says it is doing.</param>
/// <param name="ClaimedHashesPerSecond">The board's own counter over its mining time, H/s.</param>
/// <param name="ProvenHashesPerSecond">Work the gateway credited over the same time, H/s.</param>
/// <param name="Accepted">Shares the gateway accepted.</param>
/// <param name="Late">Shares whose job was over when they came: honest work that a found block made worthless.</param>
/// <param name="Invalid">Shares with any other verdict: wrong in themselves.</param>
/// <param name="Waiting">Shares found whose verdict has not come to the board.</param>
/// <param name="ProvingShares">
/// How many shares of the present size the credited work is worth: what the proven rate's error comes from. Shares were
/// smaller at first, while the gateway learned the board's speed, and say as much less.
/// </param>
/// <param name="BestDifficulty">Highest difficulty of an accepted share's hash, 0 before the first.</param>
internal sealed record BoardRow(
    string Board,
    string State,
    double ClaimedHashesPerSecond,
    double ProvenHashesPerSecond,
    long Accepted,
    long Late,
    long Invalid,
    long Waiting,
    double ProvingShares,
    double BestDifficulty)
{
    /// <summary>Standard deviations of a share count beyond which two rates do not describe the same board.</summary>
    private const double DisagreementSigma = 4;

    /// <summary>Shares below which the proven rate says too little to contradict anybody.</summary>
    private const int FewestShares = 10;

    /// <summary>Shares that were not credited.</summary>
    public long Rejected => Late + Invalid;

    /// <summary>
    /// True if the claimed and the proven rate differ by more than chance allows. Shares come as a Poisson process, so
    /// that n of them prove a rate to a relative error of 1 / sqrt(n).
    /// </summary>
    public bool Disagrees => ProvingShares >= FewestShares
        && Math.Abs(ClaimedHashesPerSecond - ProvenHashesPerSecond)
            > DisagreementSigma * ProvenHashesPerSecond / Math.Sqrt(ProvingShares);
}
