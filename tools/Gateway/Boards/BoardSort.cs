namespace MicroFirmware.Gateway.Boards;

/// <summary>What a list of boards is in the order of.</summary>
public enum BoardSort
{
    /// <summary>Its name, or its id where it has none; numbers in them by their value.</summary>
    Name,

    /// <summary>Who needs its owner most.</summary>
    State,

    /// <summary>Its chip, or a miner's program.</summary>
    Chip,

    /// <summary>What its shares prove.</summary>
    Proven,

    /// <summary>What it says itself.</summary>
    Claimed,

    /// <summary>Time since its last credited share.</summary>
    LastShare,

    /// <summary>Its temperature.</summary>
    Temperature,

    /// <summary>Strength of its radio signal.</summary>
    Rssi,

    /// <summary>Its firmware.</summary>
    Firmware,

    /// <summary>Its group.</summary>
    Group,
}
