namespace MicroFirmware.Mining
{
    /// <summary>
    /// The counters of this run, <c>boot count &lt;&lt; 32 | n</c>. The boot count is stored before the first is
    /// used, so that no later run draws the same; where storing fails, the gateway's refusal says where to go on.
    /// </summary>
    internal sealed class Counters
    {
        private readonly BoardState _state;
        private uint _requests;
        private uint _shares;

        internal Counters(BoardState state)
        {
            _state = state;
            IsStored = state.SetBootCount(state.BootCount + 1);
        }

        /// <summary>Whether the boot count in use was stored.</summary>
        internal bool IsStored { get; private set; }

        /// <summary>The counter of the next work request or connection.</summary>
        internal ulong NextRequest()
        {
            return ((ulong)_state.BootCount << 32) | ++_requests;
        }

        /// <summary>The sequence number of the next share.</summary>
        internal ulong NextShare()
        {
            return ((ulong)_state.BootCount << 32) | ++_shares;
        }

        /// <summary>The gateway has seen counters up to this one: go on above.</summary>
        /// <returns>False when there is nothing above.</returns>
        internal bool RaiseAbove(ulong floor)
        {
            uint boot = (uint)(floor >> 32);
            if (boot == uint.MaxValue)
            {
                return false;
            }

            if (boot >= _state.BootCount)
            {
                IsStored = _state.SetBootCount(boot + 1);
            }

            return true;
        }
    }
}
