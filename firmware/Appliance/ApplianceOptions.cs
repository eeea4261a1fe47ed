using MicroFirmware.Mining;

namespace MicroFirmware.Appliance
{
    /// <summary>What the firmware is told by whoever built it in; the owner's part is in the settings.</summary>
    public sealed class ApplianceOptions
    {
        /// <summary>The firmware's version, in telemetry's characters, 1 to 16.</summary>
        public string FirmwareVersion { get; set; } = "0.1.0";

        /// <summary>Settings to use instead of those on the drive; null for the drive's.</summary>
        public BoardSettings Settings { get; set; }

        /// <summary>Target length of a scan slice in milliseconds, 1 to 1000: how long the appliance may have to wait
        /// for its processor.</summary>
        public int SliceMs { get; set; } = MinerOptions.DefaultSliceMs;

        /// <summary>Most nonces in a slice, at least 16.</summary>
        public uint SliceMaxNonces { get; set; } = MinerOptions.DefaultSliceMaxNonces;

        /// <summary>Seeds the jitter of back-offs; 0 to take it from the device's key and the clock.</summary>
        public uint Seed { get; set; }
    }
}
