namespace MicroFirmware.Mqtt.Broker;

/// <summary>Lets everybody do everything, except publish below <c>$</c>: for tests and trusted loopback use.</summary>
public sealed class OpenAuthority : IBrokerAuthority
{
    /// <inheritdoc/>
    public ValueTask<ConnectDecision> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation) =>
        new(ConnectDecision.Accept());

    /// <inheritdoc/>
    public bool MayPublish(BrokerSession session, string topic) => topic[0] != '$';

    /// <inheritdoc/>
    public bool MaySubscribe(BrokerSession session, string filter) => true;
}
