using MicroFirmware.Mining;

namespace MicroFirmware.Device
{
    /// <summary>
    /// What a board is told by its owner, once, in the file <see cref="FileName"/> on its internal drive.
    /// </summary>
    public sealed class BoardSettings
    {
        /// <summary>The file's name on drive <c>I:</c>.</summary>
        public const string FileName = "micro.txt";

        /// <summary>Longest file that is read, in octets.</summary>
        public const int FileMaxLength = 2048;

        /// <summary>Where the time comes from where the file does not say.</summary>
        public const string DefaultTimeServer = "pool.ntp.org";

        /// <summary>A pin that is not there.</summary>
        public const int NoPin = -1;

        /// <summary>The device's id at its gateway.</summary>
        public string DeviceId { get; internal set; }

        /// <summary>The device's key, 32 octets.</summary>
        public byte[] Key { get; internal set; }

        /// <summary>Name or IP address of the gateway.</summary>
        public string GatewayHost { get; internal set; }

        /// <summary>Port of work requests.</summary>
        public int HttpPort { get; internal set; } = GatewayAddress.DefaultHttpPort;

        /// <summary>Port of the broker.</summary>
        public int MqttPort { get; internal set; } = GatewayAddress.DefaultMqttPort;

        /// <summary>Whether both are reached over TLS; the gateway's authority is then in <c>ca.pem</c>.</summary>
        public bool IsSecure { get; internal set; }

        /// <summary>The Wi-Fi's name; null for the one that was deployed with nanoff.</summary>
        public string WifiName { get; internal set; }

        /// <summary>The Wi-Fi's password; empty for an open one.</summary>
        public string WifiPassword { get; internal set; } = "";

        /// <summary>Where the time comes from.</summary>
        public string TimeServer { get; internal set; } = DefaultTimeServer;

        /// <summary>Part of the time that is spent scanning, in percent, 1 to 100.</summary>
        public int DutyPercent { get; internal set; } = 100;

        /// <summary>Pin of a light that is on when the pin is high, or <see cref="NoPin"/>.</summary>
        public int LedPin { get; internal set; } = NoPin;

        /// <summary>Pin on which the console (COM2) sends, or <see cref="NoPin"/> for the debugger's channel.</summary>
        public int ConsoleTxPin { get; internal set; } = NoPin;

        /// <summary>Pin on which the console receives.</summary>
        public int ConsoleRxPin { get; internal set; } = NoPin;
    }
}
