namespace MicroFirmware.Micro.Fleet;

/// <summary>A fleet at one moment.</summary>
/// <param name="Elapsed">Time since the first board was started.</param>
/// <param name="Boards">One row a board, in the order of their ids.</param>
/// <param name="Blocks">Blocks found and taken by the upstream.</param>
/// <param name="PeakMemoryBytes">Largest working set of the whole process so far.</param>
internal sealed record FleetSnapshot(
    TimeSpan Elapsed, IReadOnlyList<BoardRow> Boards, long Blocks, long PeakMemoryBytes)
{
    /// <summary>Accepted shares of all boards.</summary>
    public long Accepted => Boards.Sum(board => board.Accepted);

    /// <summary>Shares of all boards that came too late.</summary>
    public long Late => Boards.Sum(board => board.Late);

    /// <summary>Shares of all boards that were wrong in themselves.</summary>
    public long Invalid => Boards.Sum(board => board.Invalid);

    /// <summary>Shares of all boards whose verdict is outstanding.</summary>
    public long Waiting => Boards.Sum(board => board.Waiting);

    /// <summary>Relative error of the proven rate, one standard deviation, 0 to 1; 1 while nothing is proven.</summary>
    public double ProvenError => Math.Min(1, 1 / Math.Sqrt(Boards.Sum(board => board.ProvingShares)));

    /// <summary>Claimed rate of all boards, H/s.</summary>
    public double ClaimedHashesPerSecond => Boards.Sum(board => board.ClaimedHashesPerSecond);

    /// <summary>Proven rate of all boards, H/s.</summary>
    public double ProvenHashesPerSecond => Boards.Sum(board => board.ProvenHashesPerSecond);

    /// <summary>Best accepted difficulty of all boards.</summary>
    public double BestDifficulty => Boards.Count == 0 ? 0 : Boards.Max(board => board.BestDifficulty);
}
