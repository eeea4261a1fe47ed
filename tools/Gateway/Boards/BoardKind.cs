namespace MicroFirmware.Gateway.Boards;

/// <summary>What a thing that mines is.</summary>
public enum BoardKind
{
    /// <summary>A board with MicroFirmware.</summary>
    Board,

    /// <summary>A worker that speaks Stratum.</summary>
    Miner,
}
