namespace MicroFirmware.Gateway.Shares;

/// <summary>What is known of a share's job.</summary>
internal enum JobState
{
    /// <summary>Its shares are credited.</summary>
    Live,

    /// <summary>The chain has moved on; its shares are stale.</summary>
    Over,

    /// <summary>Never handed out, or forgotten.</summary>
    Unknown,
}
