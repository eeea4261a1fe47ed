namespace MicroFirmware.Gateway.Stratum;

/// <summary>Why a connection ended.</summary>
internal enum CloseCause
{
    /// <summary>The other side, or the way there, is gone.</summary>
    Lost,

    /// <summary>The gateway stops, or has no room for it.</summary>
    Server,

    /// <summary>The extranonces have another size now, and the miner takes no new ones while it is connected.</summary>
    Extranonce,

    /// <summary>It was silent for too long.</summary>
    Idle,

    /// <summary>It does not read what it is sent.</summary>
    TooSlow,

    /// <summary>It did not subscribe and authorise in time.</summary>
    NoHandshake,

    /// <summary>A line did not end in time.</summary>
    SlowLine,

    /// <summary>A line is longer than a line may be.</summary>
    LongLine,

    /// <summary>It made more mistakes than it may.</summary>
    Mistakes,
}
