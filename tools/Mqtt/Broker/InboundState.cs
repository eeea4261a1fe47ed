namespace MicroFirmware.Mqtt.Broker;

/// <summary>Where an inbound message stands.</summary>
internal enum InboundState
{
    /// <summary>The object waits to be used.</summary>
    Free,

    /// <summary>Somebody works on the message.</summary>
    Busy,

    /// <summary>The message is safe; that it was taken is being stored (QoS 2, kept session).</summary>
    Storing,

    /// <summary>The message is safe; its acknowledgement leaves when all before it are.</summary>
    Done,

    /// <summary>The message was not taken.</summary>
    Failed,
}
