namespace MicroFirmware.Gateway.Boards;

/// <summary>How far a new board has come.</summary>
public enum JoinStage
{
    /// <summary>Nobody has used the code yet.</summary>
    Waiting,

    /// <summary>Nobody used the code while it was good.</summary>
    Expired,

    /// <summary>Somebody used the code, and the gateway refused the board.</summary>
    Refused,

    /// <summary>The gateway knows the board, which has its settings.</summary>
    Configured,

    /// <summary>The board is connected.</summary>
    Connected,

    /// <summary>The board has its first work.</summary>
    Working,

    /// <summary>The board's first share is proven.</summary>
    Proven,
}
