namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// While it lives, what this thread publishes and acknowledges is collected; disposing it sends all of it, one write a
/// connection. Make one around each group commit.
/// </summary>
public readonly ref struct BrokerBatch : IDisposable
{
    private readonly bool _begun;

    internal BrokerBatch(bool begin)
    {
        _begun = begin;
        DrainBatch.Begin();
    }

    /// <summary>Sends what was collected.</summary>
    public void Dispose()
    {
        if (_begun)
        {
            DrainBatch.End();
        }
    }
}
