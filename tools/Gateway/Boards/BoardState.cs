namespace MicroFirmware.Gateway.Boards;

/// <summary>What a board is doing, as far as the gateway can tell. What comes first needs its owner most.</summary>
public enum BoardState
{
    /// <summary>It is in the state <c>safe</c>: it started in vain again and again.</summary>
    Safe,

    /// <summary>It mines, and says that something is wrong.</summary>
    Degraded,

    /// <summary>It is connected, and no share of the last <c>Shares:RateWindow</c> proves that it mines.</summary>
    Unproven,

    /// <summary>It was here since the gateway started, and is not connected.</summary>
    Offline,

    /// <summary>It was not seen since the gateway started.</summary>
    NotSeen,

    /// <summary>It is connected and rests: by order, by hours, by heat, by its budget or its other job.</summary>
    Paused,

    /// <summary>Shares of the last <c>Shares:RateWindow</c> prove that it mines.</summary>
    Mining,

    /// <summary>Its owner revoked it.</summary>
    Revoked,
}
