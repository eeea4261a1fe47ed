namespace MicroFirmware.Gateway.Boards;

/// <summary>Some of the boards that a query finds, and how many there are.</summary>
/// <param name="Rows">The boards of this page.</param>
/// <param name="From">How many come before them.</param>
/// <param name="Matching">How many the query finds.</param>
/// <param name="Total">How many there are.</param>
/// <param name="ProvenHashesPerSecond">What all that the query finds prove together.</param>
/// <param name="Tally">What all boards are, whatever was asked for.</param>
public sealed record BoardPage(
    IReadOnlyList<BoardRow> Rows,
    int From,
    int Matching,
    int Total,
    double ProvenHashesPerSecond,
    BoardTally Tally);
