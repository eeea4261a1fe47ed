namespace MicroFirmware.Appliance
{
    /// <summary>
    /// Which of several gateways is used: the first that gives work, and the first of all again as soon as it does.
    /// </summary>
    internal sealed class GatewayOrder
    {
        /// <summary>Longest time without work before the next one's turn.</summary>
        internal const int WorkDeadlineMs = 60000;

        /// <summary>Longest time without a broker before the next one's turn.</summary>
        internal const int BrokerDeadlineMs = 300000;

        /// <summary>First time on a later gateway before the first is tried again; doubled each time.</summary>
        internal const int FirstReturnMs = 600000;

        /// <summary>Longest such time.</summary>
        internal const int LongestReturnMs = 7200000;

        private readonly int _count;
        private long _workAt;
        private long _brokerAt;
        private long _returnAt;
        private int _returnMs = FirstReturnMs;
        private bool _isStarted;

        internal GatewayOrder(int count)
        {
            _count = count;
        }

        /// <summary>The one in use; 0 is the first.</summary>
        internal int Index { get; private set; }

        /// <summary>Looks how it goes.</summary>
        /// <returns>True when <see cref="Index"/> has changed.</returns>
        internal bool Step(bool isJoined, bool hasWork, bool hasBroker, long now)
        {
            bool isNew = !_isStarted;
            _isStarted = true;
            _workAt = hasWork || !isJoined || isNew ? now : _workAt;
            _brokerAt = hasBroker || !isJoined || isNew ? now : _brokerAt;
            if (_count == 1 || !isJoined)
            {
                return false;
            }

            if (now - _workAt >= WorkDeadlineMs || now - _brokerAt >= BrokerDeadlineMs)
            {
                return Use((Index + 1) % _count, now);
            }

            return Index != 0 && now >= _returnAt && Use(0, now);
        }

        private bool Use(int index, long now)
        {
            if (Index == 0)
            {
                // A first that failed soon after the return is tried less and less often.
                bool isRelapse = _returnAt != 0 && now - _returnAt < FirstReturnMs;
                _returnMs = !isRelapse ? FirstReturnMs
                    : _returnMs < LongestReturnMs / 2 ? _returnMs * 2 : LongestReturnMs;
                _returnAt = now + _returnMs;
            }

            Index = index;
            _workAt = now;
            _brokerAt = now;
            return true;
        }
    }
}
