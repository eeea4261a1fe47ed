namespace MicroFirmware.Mining
{
    /// <summary>
    /// Shares from their discovery to the broker's acknowledgement, oldest first. It is bounded: a new share pushes out
    /// the oldest that is not under way, and that is counted.
    /// </summary>
    internal sealed class ShareQueue
    {
        /// <summary>How many shares wait at most; at one every 30 s, a quarter of an hour without a broker.</summary>
        internal const int Capacity = 32;

        // What a scanner may still report of the slice in which it is told to stop.
        private const int Reserve = 8;

        private readonly QueuedShare[] _shares = new QueuedShare[Capacity];

        /// <summary>How many wait.</summary>
        internal int Count { get; private set; }

        /// <summary>Whether it will soon be full.</summary>
        internal bool IsCrowded
        {
            get { return Count >= Capacity - Reserve; }
        }

        /// <summary>Whether any is under way.</summary>
        internal bool HasInFlight
        {
            get
            {
                for (int i = 0; i < Count; i++)
                {
                    if (_shares[i].Handle != 0)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>The share at a place; 0 is the oldest.</summary>
        internal QueuedShare At(int index)
        {
            return _shares[index];
        }

        /// <summary>Adds a share.</summary>
        /// <returns>False when another one had to go for it.</returns>
        internal bool Add(byte[] record)
        {
            bool hasRoom = Count < Capacity;
            if (!hasRoom)
            {
                RemoveAt(OldestToSpare());
            }

            _shares[Count++] = new QueuedShare(record);
            return hasRoom;
        }

        /// <summary>The broker has it.</summary>
        /// <returns>False when the handle is not a share's.</returns>
        internal bool Acknowledge(int handle)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_shares[i].Handle == handle)
                {
                    RemoveAt(i);
                    return true;
                }
            }

            return false;
        }

        /// <summary>The connection is gone: nothing is under way any more.</summary>
        internal void ForgetHandles()
        {
            for (int i = 0; i < Count; i++)
            {
                _shares[i].Handle = 0;
            }
        }

        // What is under way is the broker's as good as certainly; it is given up only when there is nothing else.
        private int OldestToSpare()
        {
            for (int i = 0; i < Count; i++)
            {
                if (_shares[i].Handle == 0)
                {
                    return i;
                }
            }

            return 0;
        }

        private void RemoveAt(int index)
        {
            Count--;
            for (int i = index; i < Count; i++)
            {
                _shares[i] = _shares[i + 1];
            }

            _shares[Count] = null;
        }
    }
}
