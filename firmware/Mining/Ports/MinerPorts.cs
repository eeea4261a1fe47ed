namespace MicroFirmware.Mining
{
    /// <summary>Everything outside that a miner uses. All are required.</summary>
    public sealed class MinerPorts
    {
        /// <summary>The scanner to use. When it fails, the miner goes on with its own plain one.</summary>
        public INonceScanner Scanner { get; set; }

        /// <summary>The scanner to go on with instead of those in managed code; null for those.</summary>
        internal INonceScanner Fallback { get; set; }

        /// <summary>Fetches work.</summary>
        public IWorkSource WorkSource { get; set; }

        /// <summary>Takes shares.</summary>
        public IShareChannel ShareChannel { get; set; }

        /// <summary>Keeps counters.</summary>
        public ISettingsStore Store { get; set; }

        /// <summary>Says what happens.</summary>
        public IConsole Console { get; set; }

        /// <summary>Measures slices.</summary>
        public IClock Clock { get; set; }

        /// <summary>The board.</summary>
        public IBoard Board { get; set; }
    }
}
