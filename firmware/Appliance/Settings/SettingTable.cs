using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>Every setting there is, once.</summary>
    internal static class SettingTable
    {
        internal const int Device = 0;
        internal const int Key = 1;
        internal const int Gateway = 2;
        internal const int GatewayCount = 4;
        internal const int HttpPort = 6;
        internal const int MqttPort = 7;
        internal const int Tls = 8;
        internal const int Authority = 9;
        internal const int Wifi = 10;
        internal const int WifiPassword = 11;
        internal const int TimeServer = 12;
        internal const int Duty = 13;
        internal const int TemperatureMax = 14;
        internal const int Quiet = 15;
        internal const int UtcOffset = 16;
        internal const int PowerBudget = 17;
        internal const int PowerIdle = 18;
        internal const int PowerScan = 19;
        internal const int Telemetry = 20;
        internal const int UpdateKey = 21;
        internal const int Led = 22;
        internal const int ConsoleTx = 23;
        internal const int ConsoleRx = 24;

        internal const int TemperatureLeast = 40;
        internal const int WifiPasswordLeast = 8;
        internal const int UpdateKeyLength = 56;

        private const int PinMax = 48;
        private const string GatewayRange = "host or host:http-port:mqtt-port";
        private const string PinRange = "a pin, 0 to 48, or -1 for none";
        private const string HostRange = "1 to 253 characters of A-Z a-z 0-9 . -";
        private const string PowerRange = "1 to 20000 mW";

        internal static readonly Setting[] All =
        {
            Required("device", SettingKind.DeviceId, Limits.DeviceIdMaxLength, "1 to 32 characters of a-z 0-9 -"),
            new Setting("key", SettingKind.Hex, 64, 64, "", "64 digits of 0-9 a-f")
            {
                IsSecret = true,
                IsRequired = true,
            },
            Required("gateway", SettingKind.Gateway, Limits.HostMaxLength, GatewayRange),
            new Setting("gateway-2", SettingKind.Gateway, 0, 0, "", GatewayRange),
            new Setting("gateway-3", SettingKind.Gateway, 0, 0, "", GatewayRange),
            new Setting("gateway-4", SettingKind.Gateway, 0, 0, "", GatewayRange),
            new Setting("http-port", SettingKind.Number, 1, 65535, "8080", "1 to 65535"),
            new Setting("mqtt-port", SettingKind.Number, 1, 65535, "1883", "1 to 65535"),
            new Setting("tls", SettingKind.Switch, 0, 0, "on", "on or off"),
            new Setting("ca", SettingKind.Base64, 0, 1400, "", "a certificate: DER in base64, 1400 characters at most"),
            new Setting("wifi", SettingKind.Text, 1, 32, "", "1 to 32 octets"),
            new Setting("wifi-password", SettingKind.Text, WifiPasswordLeast, 64, "", "8 to 64 octets")
            {
                IsSecret = true,
            },
            new Setting("time-server", SettingKind.Host, 0, 0, "pool.ntp.org", HostRange),
            new Setting("duty", SettingKind.Number, 1, 100, "100", "1 to 100 percent"),
            new Setting("temperature-max", SettingKind.Number, 0, 110, "85", "40 to 110 degrees Celsius, or 0 for off"),
            new Setting("quiet", SettingKind.Hours, 0, 0, "off", "HH:MM-HH:MM or off"),
            new Setting("utc-offset", SettingKind.Number, -720, 840, "0", "-720 to 840 minutes"),
            new Setting("power-budget", SettingKind.Number, 0, 20000, "0", "1 to 20000 mW, or 0 for off"),
            new Setting("power-idle", SettingKind.Number, 1, 20000, "250", PowerRange),
            new Setting("power-scan", SettingKind.Number, 1, 20000, "600", PowerRange),
            new Setting("telemetry", SettingKind.Number, 5, 3600, "30", "5 to 3600 seconds"),
            new Setting("update-key", SettingKind.Hex, 112, 112, "", "112 digits of 0-9 a-f"),
            new Setting("led", SettingKind.Number, -1, PinMax, "-1", PinRange),
            new Setting("console-tx", SettingKind.Number, -1, PinMax, "-1", PinRange),
            new Setting("console-rx", SettingKind.Number, -1, PinMax, "-1", PinRange),
        };

        /// <summary>The place of a setting; -1 when there is none of the name.</summary>
        internal static int IndexOf(string name)
        {
            for (int i = 0; i < All.Length; i++)
            {
                if (All[i].Name == name)
                {
                    return i;
                }
            }

            return -1;
        }

        private static Setting Required(string name, SettingKind kind, int most, string range)
        {
            return new Setting(name, kind, 1, most, "", range) { IsRequired = true };
        }
    }
}
