namespace MicroFirmware.Gateway.Broker;

/// <summary>What a connected client may touch.</summary>
internal interface IBrokerGuest
{
    /// <summary>Whether it may publish to a topic.</summary>
    bool MayPublish(string topic);

    /// <summary>Whether it may subscribe to a filter.</summary>
    bool MaySubscribe(string filter);
}
