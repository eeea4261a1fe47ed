using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>What a connection remembers of a topic it publishes to.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Handler">Who takes it in process, or null.</param>
/// <param name="IsAllowed">The client may publish there.</param>
internal sealed record TopicEntry(TopicName Name, IPublishHandler? Handler, bool IsAllowed);
