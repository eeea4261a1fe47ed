namespace MicroFirmware.Mqtt.Packets;

/// <summary>How hard a message is delivered (MQTT 3.1.1 §4.3).</summary>
public enum QualityOfService : byte
{
    /// <summary>QoS 0: sent once, never acknowledged.</summary>
    AtMostOnce = 0,

    /// <summary>QoS 1: sent until acknowledged; may arrive twice.</summary>
    AtLeastOnce = 1,

    /// <summary>QoS 2: arrives exactly once, in two round trips.</summary>
    ExactlyOnce = 2,
}
