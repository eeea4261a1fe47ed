namespace MicroFirmware.Gateway.Overview;

/// <summary>The share that came nearest to a block.</summary>
/// <param name="Difficulty">Difficulty that its hash stands for.</param>
/// <param name="Board">The id of who found it.</param>
/// <param name="Title">What its owner calls it.</param>
public sealed record BestShare(double Difficulty, string Board, string Title);
