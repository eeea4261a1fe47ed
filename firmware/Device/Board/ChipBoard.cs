using MicroFirmware.Appliance;
using MicroFirmware.Mining;
using MicroFirmware.Protocol;
using nanoFramework.Runtime.Native;

namespace MicroFirmware.Device
{
    /// <summary>The board: its memory, its light, its restart; what only the image knows comes from Chip.</summary>
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
            get { return Chip.Temperature; }
        }

        /// <summary>Unknown: nanoFramework tells the strength of networks it scans for, not of its own.</summary>
        public long Rssi
        {
            get { return Telemetry.Unknown; }
        }

        /// <inheritdoc/>
        public void FeedWatchdog()
        {
            Chip.FeedWatchdog();
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
