using MicroFirmware.Mining;

namespace MicroFirmware.Device
{
    /// <summary>
    /// Events of one connection, from the client's threads to the miner's: bounded, in order. The first Closed is the
    /// last event; a queue that overflows closes, as a lost message must not pass unnoticed.
    /// </summary>
    internal sealed class EventQueue
    {
        private const int Capacity = 32;

        private readonly ChannelEventKind[] _kinds = new ChannelEventKind[Capacity];
        private readonly int[] _handles = new int[Capacity];
        private readonly string[] _topics = new string[Capacity];
        private readonly byte[][] _payloads = new byte[Capacity][];
        private readonly object _lock = new object();
        private int _first;
        private int _count;
        private bool _isClosed;

        internal void Add(ChannelEventKind kind, int handle = 0, string topic = null, byte[] payload = null)
        {
            lock (_lock)
            {
                if (_isClosed)
                {
                    return;
                }

                _isClosed = kind == ChannelEventKind.Closed || _count == Capacity - 1;
                int at = (_first + _count) % Capacity;
                _kinds[at] = _isClosed ? ChannelEventKind.Closed : kind;
                _handles[at] = handle;
                _topics[at] = topic;
                _payloads[at] = payload;
                _count++;
            }
        }

        internal ChannelEventKind Take(ChannelEvent channelEvent)
        {
            lock (_lock)
            {
                if (_count == 0)
                {
                    return ChannelEventKind.None;
                }

                ChannelEventKind kind = _kinds[_first];
                channelEvent.Handle = _handles[_first];
                channelEvent.Topic = _topics[_first];
                channelEvent.Payload = _payloads[_first];
                _topics[_first] = null;
                _payloads[_first] = null;
                _first = (_first + 1) % Capacity;
                _count--;
                return kind;
            }
        }
    }
}
