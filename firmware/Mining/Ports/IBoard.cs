namespace MicroFirmware.Mining
{
    /// <summary>The board the miner runs on. What it cannot tell is <see cref="Protocol.Telemetry.Unknown"/>.</summary>
    public interface IBoard
    {
        /// <summary>Free memory, in octets.</summary>
        long FreeMemory { get; }

        /// <summary>The chip's temperature, in degrees Celsius.</summary>
        long Temperature { get; }

        /// <summary>Strength of the radio signal, in dBm.</summary>
        long Rssi { get; }

        /// <summary>Tells the watchdog that the miner is alive.</summary>
        void FeedWatchdog();

        /// <summary>Makes the board seen for a while (blinks its light); returns at once.</summary>
        void Identify(int seconds);

        /// <summary>Starts the board anew. May return; nothing is done after it.</summary>
        void Restart();
    }
}
