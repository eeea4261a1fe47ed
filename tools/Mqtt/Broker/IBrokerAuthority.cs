namespace MicroFirmware.Mqtt.Broker;

/// <summary>Who may connect, and what each client may publish and subscribe to.</summary>
public interface IBrokerAuthority
{
    /// <summary>Judges a CONNECT. Called once a connection; may wait for a store.</summary>
    /// <param name="attempt">What the client showed.</param>
    /// <param name="cancellation">Set when the connection ends before the answer.</param>
    ValueTask<ConnectDecision> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation);

    /// <summary>
    /// Whether a client may publish to a topic; asked for its will too, before it is let in. The answer is remembered
    /// for the connection: <see cref="BrokerSession.Disconnect"/> a client whose rights change.
    /// </summary>
    /// <param name="session">The client.</param>
    /// <param name="topic">The topic name.</param>
    bool MayPublish(BrokerSession session, string topic);

    /// <summary>Whether a client may subscribe; a refused filter gets 80 in SUBACK.</summary>
    /// <param name="session">The client.</param>
    /// <param name="filter">The filter as it stands: a wildcard in it must be covered by the right.</param>
    bool MaySubscribe(BrokerSession session, string filter);
}
