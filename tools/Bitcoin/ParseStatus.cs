namespace MicroFirmware.Bitcoin;

/// <summary>How reading a message from octets ended.</summary>
public enum ParseStatus
{
    /// <summary>A whole message was read.</summary>
    Done,

    /// <summary>Good so far: more octets are needed.</summary>
    NeedMore,

    /// <summary>No octets that could follow make this a message.</summary>
    Invalid,
}
