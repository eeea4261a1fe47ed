using System.Diagnostics.Metrics;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>The broker's figures, also as instruments of the meter <see cref="MeterName"/>.</summary>
public sealed class BrokerMetrics : IDisposable
{
    /// <summary>The name by which collectors find the meter.</summary>
    public const string MeterName = "MicroFirmware.Mqtt";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _closed;
    private readonly Counter<long> _dropped;
    private long _received;
    private long _sent;
    private long _published;
    private long _delivered;
    private long _droppedTotal;
    private int _connections;

    internal BrokerMetrics(Func<long> queuedMessages, Func<int> waiting, Func<int> held)
    {
        _closed = _meter.CreateCounter<long>("mqtt.connections.closed", "{connection}", "Ended connections by reason.");
        _dropped = _meter.CreateCounter<long>("mqtt.messages.dropped", "{message}", "Dropped messages by reason.");
        _meter.CreateObservableUpDownCounter("mqtt.connections", () => Connections, "{connection}");
        _meter.CreateObservableUpDownCounter("mqtt.connections.waiting", waiting, "{connection}",
            "Over their address's budget for connects: not read from yet.");
        _meter.CreateObservableUpDownCounter("mqtt.connections.held", held, "{connection}",
            "Broke the rules and will be closed: not read from any more.");
        _meter.CreateObservableCounter("mqtt.packets.received", () => PacketsReceived, "{packet}");
        _meter.CreateObservableCounter("mqtt.batches.sent", () => BatchesSent, "{batch}", "Writes to the transport.");
        _meter.CreateObservableCounter("mqtt.publishes.received", () => PublishesReceived, "{message}");
        _meter.CreateObservableCounter("mqtt.publishes.sent", () => PublishesSent, "{message}");
        _meter.CreateObservableGauge("mqtt.messages.queued", queuedMessages, "{message}", "Waiting for clients.");
    }

    /// <summary>The meter itself: tells this broker's figures from another's in the same process.</summary>
    public Meter Meter => _meter;

    /// <summary>Open connections.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Packets received since the start.</summary>
    public long PacketsReceived => Interlocked.Read(ref _received);

    /// <summary>PUBLISH packets received since the start.</summary>
    public long PublishesReceived => Interlocked.Read(ref _published);

    /// <summary>PUBLISH packets sent since the start.</summary>
    public long PublishesSent => Interlocked.Read(ref _delivered);

    /// <summary>Writes to transports since the start; each may carry many packets.</summary>
    public long BatchesSent => Interlocked.Read(ref _sent);

    /// <summary>Messages dropped since the start, for whatever reason.</summary>
    public long MessagesDropped => Interlocked.Read(ref _droppedTotal);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>A connection was not let in: too many connects a second from its address.</summary>
    internal void Rejected() => _closed.Add(1, new KeyValuePair<string, object?>("reason", "TooManyConnects"));

    internal void Opened() => Interlocked.Increment(ref _connections);

    internal void Closed(CloseReason reason)
    {
        Interlocked.Decrement(ref _connections);
        _closed.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }

    internal void Received(int packets, int publishes)
    {
        Interlocked.Add(ref _received, packets);
        Interlocked.Add(ref _published, publishes);
    }

    internal void Sent(int publishes)
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _delivered, publishes);
    }

    internal void Dropped(DropReason reason)
    {
        Interlocked.Increment(ref _droppedTotal);
        _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }
}
