namespace MicroFirmware.Mqtt.Broker;

/// <summary>Why a message did not reach a subscriber: the label of the metric.</summary>
public enum DropReason
{
    /// <summary>The client's queue was full.</summary>
    QueueFull,

    /// <summary>QoS 0, and the client was not connected or could not keep up.</summary>
    BestEffort,

    /// <summary>No room for one more retained message; it was delivered to those connected.</summary>
    RetainedLimit,
}
