namespace MicroFirmware.Mqtt.Storage;

/// <summary>What changes in the store; each says which fields of <see cref="SessionChange"/> it uses.</summary>
public enum SessionChangeKind
{
    /// <summary>Nothing: only its waiter counts.</summary>
    Barrier,

    /// <summary>A session begins, or its client is back: ClientId.</summary>
    Attached,

    /// <summary>Its client is gone: ClientId; messages below Number have been sent at least once.</summary>
    Detached,

    /// <summary>A session ends, with all that is kept for it: ClientId.</summary>
    Ended,

    /// <summary>A subscription, new or in place of its predecessor: ClientId, Text = filter, QoS.</summary>
    Subscribed,

    /// <summary>A subscription is given up: ClientId, Text = filter.</summary>
    Unsubscribed,

    /// <summary>A message waits for a client: ClientId, Number, Text = topic, Payload, QoS.</summary>
    Queued,

    /// <summary>A QoS 2 message has arrived at the client and is to be released: ClientId, Number.</summary>
    Released,

    /// <summary>A message is done: ClientId, Number.</summary>
    Completed,

    /// <summary>A QoS 2 message from a client was taken: ClientId, Number = packet id.</summary>
    Received,

    /// <summary>The client has released it: ClientId, Number = packet id.</summary>
    Forgotten,

    /// <summary>A retained message: Text = topic, Payload, QoS; with an empty payload, none any more.</summary>
    Retained,
}
