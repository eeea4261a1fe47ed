using MicroFirmware.Mining;
using MicroFirmware.Protocol;
using nanoFramework.Runtime.Native;

namespace MicroFirmware.Device
{
    /// <summary>
    /// The board as a stock nanoCLR image shows it. It has no call for the chip's temperature, the signal's strength
    /// and the watchdog.
    /// </summary>
    internal sealed class ChipBoard : IBoard
    {
        private readonly Light _light;

        internal ChipBoard(int ledPin)
        {
            _light = ledPin == BoardSettings.NoPin ? null : new Light(ledPin);
        }

        /// <summary>Free octets of the managed heap.</summary>
        public long FreeMemory
        {
            get { return GC.Run(false); }
        }

        /// <inheritdoc/>
        public long Temperature
        {
            get { return Telemetry.Unknown; }
        }

        /// <inheritdoc/>
        public long Rssi
        {
            get { return Telemetry.Unknown; }
        }

        /// <inheritdoc/>
        public void FeedWatchdog()
        {
        }

        /// <inheritdoc/>
        public void Identify(int seconds)
        {
            _light?.Blink(seconds);
        }

        /// <inheritdoc/>
        public void Restart()
        {
            Power.RebootDevice();
        }
    }
}
