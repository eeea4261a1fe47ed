namespace MicroFirmware.Mqtt.Broker;

/// <summary>Takes inbound publishes in process, in place of subscribers.</summary>
public interface IPublishHandler
{
    /// <summary>
    /// Takes one publish. Must not block: it runs on the connection's reader. Sooner or later, on any thread, exactly
    /// one of <see cref="InboundPublish.Acknowledge"/> and <see cref="InboundPublish.Fail"/> is called. An exception is
    /// a failure.
    /// </summary>
    /// <param name="publish">The message; its memory is lent until it is acknowledged or failed.</param>
    void Handle(InboundPublish publish);
}
