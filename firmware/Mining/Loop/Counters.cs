namespace MicroFirmware.Mining
{
    /// <summary>
    /// The counters of this run, <c>boot count &lt;&lt; 32 | n</c>. The boot count is stored before the first is
    /// used, so that no later run draws the same.
    /// </summary>
    /// <remarks>
    /// Where that is not certain (nothing was stored before, a file is damaged, the store cannot be written) the
    /// first request carries counter 0, which a gateway always refuses, naming the greatest counter it has seen: no
    /// earlier run can have sent a share with a boot count above that one's.
    /// </remarks>
    internal sealed class Counters
    {
        private readonly BoardState _state;
        private uint _bootCount;
        private uint _requests;
        private uint _shares;

        internal Counters(BoardState state)
        {
            _state = state;
            bool isIntact = state.IsIntact;
            IsStored = state.SetBootCount(state.BootCount + 1);
            IsCertain = isIntact && IsStored;
            _bootCount = state.BootCount;
        }

        /// <summary>Whether the boot count in use was stored.</summary>
        internal bool IsStored { get; private set; }

        /// <summary>Whether no earlier run had this one's boot count.</summary>
        internal bool IsCertain { get; private set; }

        /// <summary>The counter of the next work request or connection.</summary>
        internal ulong NextRequest()
        {
            return IsCertain ? ((ulong)_bootCount << 32) | ++_requests : 0;
        }

        /// <summary>The sequence number of the next share.</summary>
        internal ulong NextShare()
        {
            return ((ulong)_bootCount << 32) | ++_shares;
        }

        /// <summary>The gateway has seen counters up to this one: go on above.</summary>
        /// <returns>False when there is nothing above.</returns>
        internal bool RaiseAbove(ulong floor)
        {
            uint seen = (uint)(floor >> 32);
            if (seen > uint.MaxValue - 4)
            {
                return false;
            }

            uint next = seen >= _bootCount ? seen + 1 : _bootCount;
            IsStored = (IsStored && next == _bootCount) || _state.SetBootCount(next);

            // Where storing failed, a later run takes at most the count after the one that may have been written.
            // With one beyond that in use here, the gateway will refuse that run and tell it.
            _bootCount = IsStored ? next : next + 2;
            IsCertain = true;
            return true;
        }
    }
}
