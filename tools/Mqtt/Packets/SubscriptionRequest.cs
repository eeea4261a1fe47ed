namespace MicroFirmware.Mqtt.Packets;

/// <summary>One line of a SUBSCRIBE.</summary>
/// <param name="Filter">The topic filter, with or without wildcards.</param>
/// <param name="QoS">The highest quality the client wants messages with.</param>
public readonly record struct SubscriptionRequest(string Filter, QualityOfService QoS);
