using MicroFirmware.Mining;

namespace MicroFirmware.Appliance
{
    /// <summary>Everything outside that a board's firmware uses. All are required but <see cref="Images"/>.</summary>
    public sealed class AppliancePorts
    {
        /// <summary>The scanner to use. When it fails, the miner goes on with its own plain one.</summary>
        public INonceScanner Scanner { get; set; }

        /// <summary>The scanner to go on with instead of those in managed code; null for those.</summary>
        internal INonceScanner Fallback { get; set; }

        /// <summary>Fetches work.</summary>
        public IWorkSource WorkSource { get; set; }

        /// <summary>Fetches what is not work: the answer to a test, an update.</summary>
        public IWorkSource Probe { get; set; }

        /// <summary>Takes shares.</summary>
        public IShareChannel ShareChannel { get; set; }

        /// <summary>Keeps settings and counters.</summary>
        public ISettingsStore Store { get; set; }

        /// <summary>Keeps the images of updates; null where the board cannot be updated.</summary>
        public IImageStore Images { get; set; }

        /// <summary>The serial line.</summary>
        public IConsole Console { get; set; }

        /// <summary>Time.</summary>
        public IClock Clock { get; set; }

        /// <summary>The board.</summary>
        public IBoard Board { get; set; }

        /// <summary>What connects it.</summary>
        public INetwork Network { get; set; }
    }
}
