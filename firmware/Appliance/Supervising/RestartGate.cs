using MicroFirmware.Mining;

namespace MicroFirmware.Appliance
{
    /// <summary>The board as the miner sees it: a restart it asks for is the supervisor's to do.</summary>
    internal sealed class RestartGate : IBoard
    {
        private readonly IBoard _board;

        internal RestartGate(IBoard board)
        {
            _board = board;
        }

        /// <summary>Whether the miner has asked.</summary>
        internal bool IsRestartWanted { get; private set; }

        /// <inheritdoc/>
        public long FreeMemory
        {
            get { return _board.FreeMemory; }
        }

        /// <inheritdoc/>
        public long Temperature
        {
            get { return _board.Temperature; }
        }

        /// <inheritdoc/>
        public long Rssi
        {
            get { return _board.Rssi; }
        }

        /// <inheritdoc/>
        public void FeedWatchdog()
        {
            _board.FeedWatchdog();
        }

        /// <inheritdoc/>
        public void Identify(int seconds)
        {
            _board.Identify(seconds);
        }

        /// <inheritdoc/>
        public void Restart()
        {
            IsRestartWanted = true;
        }
    }
}
