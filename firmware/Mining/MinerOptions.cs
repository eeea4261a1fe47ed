using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>What a miner is told once, at its start.</summary>
    public sealed class MinerOptions
    {
        /// <summary>Longest time one scan slice should take, so that a new job waits no longer than that.</summary>
        public const int DefaultSliceMs = 50;

        /// <summary>
        /// A slice is never larger, however fast the scanner: it bounds what one call of Step may do.
        /// </summary>
        public const uint DefaultSliceMaxNonces = 1 << 20;

        /// <summary>How often telemetry is published.</summary>
        public const int DefaultTelemetryIntervalMs = 30000;

        /// <summary>The device's id.</summary>
        public string DeviceId { get; set; }

        /// <summary>The device's key, 32 octets.</summary>
        public byte[] Key { get; set; }

        /// <summary>The gateway.</summary>
        public GatewayAddress Gateway { get; set; }

        /// <summary>Seeds the jitter of back-offs; different on every board.</summary>
        public uint Seed { get; set; } = 1;

        /// <summary>The firmware's version, for telemetry.</summary>
        public string FirmwareVersion { get; set; } = "0.1.0";

        /// <summary>Target length of a scan slice in milliseconds, 1 to 1000.</summary>
        public int SliceMs { get; set; } = DefaultSliceMs;

        /// <summary>Most nonces in a slice, at least 16.</summary>
        public uint SliceMaxNonces { get; set; } = DefaultSliceMaxNonces;

        /// <summary>Time between telemetry messages in milliseconds, at least 1000.</summary>
        public int TelemetryIntervalMs { get; set; } = DefaultTelemetryIntervalMs;

        /// <summary>Part of the time that is spent scanning, in percent, 1 to 100.</summary>
        public int DutyPercent { get; set; } = 100;

        /// <summary>Whether every value is in its range.</summary>
        public bool IsValid
        {
            get
            {
                return Protocol.DeviceId.IsValid(DeviceId)
                    && Key != null && Key.Length == Limits.KeyLength
                    && Gateway != null && Gateway.IsValid
                    && SliceMs >= 1 && SliceMs <= 1000
                    && SliceMaxNonces >= 16
                    && TelemetryIntervalMs >= 1000
                    && DutyPercent >= 1 && DutyPercent <= 100;
            }
        }
    }
}
