using System.Threading.Channels;

namespace MicroFirmware.Gateway.Events;

/// <summary>One who hears of events as they happen. Whoever does not keep up is cut off: no event is left out of what
/// was heard. Dispose of it to stop listening.</summary>
internal sealed class EventListener(Action<EventListener> stop) : IDisposable
{
    // A burst of what a budget lets through of every kind.
    private const int QueueMaxEvents = 1_024;

    private readonly Channel<GatewayEvent> _queue = Channel.CreateBounded<GatewayEvent>(QueueMaxEvents);

    /// <summary>Events in order; ends when the listener is cut off or the gateway stops.</summary>
    public ChannelReader<GatewayEvent> Events => _queue.Reader;

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        stop(this);
        _queue.Writer.TryComplete();
    }

    internal void Tell(GatewayEvent item)
    {
        if (!_queue.Writer.TryWrite(item))
        {
            Dispose();
        }
    }
}
