namespace MicroFirmware.Mqtt.Codec;

/// <summary>How an attempt to read a packet ended.</summary>
public enum ParseStatus
{
    /// <summary>A whole packet was read.</summary>
    Done,

    /// <summary>What is there is right so far; more octets are needed.</summary>
    NeedMore,

    /// <summary>No octets that follow can make this right: the connection is to be closed.</summary>
    Invalid,
}
