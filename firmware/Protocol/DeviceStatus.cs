namespace MicroFirmware.Protocol
{
    /// <summary>The two retained words on <c>micro/1/&lt;device&gt;/status</c>.</summary>
    public static class DeviceStatus
    {
        /// <summary>Published by the board once it is connected.</summary>
        public const string Online = "online";

        /// <summary>The board's last will, and what it publishes before it leaves on purpose.</summary>
        public const string Offline = "offline";
    }
}
