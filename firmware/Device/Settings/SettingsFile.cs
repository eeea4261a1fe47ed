using System.Collections;
using System.Text;
using MicroFirmware.Protocol;

namespace MicroFirmware.Device
{
    /// <summary>
    /// Reads a settings file, UTF-8, one setting a line:
    /// <code>
    /// # a comment
    /// device        = board-1          1 to 32 characters of a-z 0-9 -
    /// key           = 64 lower-case hexadecimal digits
    /// gateway       = 192.168.1.10     name or IP address
    /// http-port     = 8080
    /// mqtt-port     = 1883
    /// tls           = off              on or off
    /// wifi          = my network       left out: what nanoff deployed
    /// wifi-password = secret
    /// time-server   = pool.ntp.org
    /// duty          = 100              percent of the time that is spent mining
    /// led           = 2                a pin
    /// console-tx    = 17               a pin; left out: the debugger's channel
    /// console-rx    = 16
    /// </code>
    /// </summary>
    public static class SettingsFile
    {
        private const int PinMax = 48;

        /// <summary>Reads a file as a whole: it is right, or it is refused with the first line that is wrong.</summary>
        /// <param name="content">The file's octets, or null when there is none.</param>
        /// <param name="settings">The settings, or null.</param>
        /// <param name="line">The line that is wrong, from 1; 0 when no single one is.</param>
        public static SettingsFault Parse(byte[] content, out BoardSettings settings, out int line)
        {
            settings = null;
            line = 0;
            if (content == null)
            {
                return SettingsFault.NoFile;
            }

            if (content.Length > BoardSettings.FileMaxLength)
            {
                return SettingsFault.TooLong;
            }

            string[] lines = Encoding.UTF8.GetString(content, 0, content.Length).Split('\n');
            BoardSettings candidate = new BoardSettings();
            ArrayList seen = new ArrayList();
            for (int i = 0; i < lines.Length; i++)
            {
                SettingsFault fault = ParseLine(lines[i].Trim(), seen, candidate);
                if (fault != SettingsFault.None)
                {
                    line = i + 1;
                    return fault;
                }
            }

            bool whole = candidate.DeviceId != null && candidate.Key != null && candidate.GatewayHost != null
                && (candidate.ConsoleTxPin < 0) == (candidate.ConsoleRxPin < 0);
            settings = whole ? candidate : null;
            return whole ? SettingsFault.None : SettingsFault.Missing;
        }

        private static SettingsFault ParseLine(string line, ArrayList seen, BoardSettings settings)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                return SettingsFault.None;
            }

            int equals = line.IndexOf('=');
            if (equals < 1)
            {
                return SettingsFault.NotAPair;
            }

            string name = line.Substring(0, equals).Trim();
            if (seen.Contains(name))
            {
                return SettingsFault.Twice;
            }

            seen.Add(name);
            return Set(name, line.Substring(equals + 1).Trim(), settings);
        }

        private static SettingsFault Set(string name, string value, BoardSettings settings)
        {
            bool good;
            switch (name)
            {
                case "device":
                    settings.DeviceId = value;
                    good = DeviceId.IsValid(value);
                    break;
                case "key":
                    good = Hex.TryDecode(value, 0, Limits.KeyLength, out byte[] key)
                        && value.Length == Limits.KeyLength * 2;
                    settings.Key = key;
                    break;
                case "gateway":
                    settings.GatewayHost = value;
                    good = value.Length >= 1 && value.Length <= Limits.HostMaxLength;
                    break;
                case "http-port":
                    good = TryNumber(value, 1, 65535, out int httpPort);
                    settings.HttpPort = httpPort;
                    break;
                case "mqtt-port":
                    good = TryNumber(value, 1, 65535, out int mqttPort);
                    settings.MqttPort = mqttPort;
                    break;
                case "tls":
                    settings.IsSecure = value == "on";
                    good = value == "on" || value == "off";
                    break;
                default:
                    return SetBoard(name, value, settings);
            }

            return good ? SettingsFault.None : SettingsFault.BadValue;
        }

        private static SettingsFault SetBoard(string name, string value, BoardSettings settings)
        {
            bool good;
            switch (name)
            {
                case "wifi":
                    settings.WifiName = value;
                    good = value.Length >= 1 && value.Length <= 32;
                    break;
                case "wifi-password":
                    settings.WifiPassword = value;
                    good = value.Length <= 64;
                    break;
                case "time-server":
                    settings.TimeServer = value;
                    good = value.Length >= 1 && value.Length <= Limits.HostMaxLength;
                    break;
                case "duty":
                    good = TryNumber(value, 1, 100, out int duty);
                    settings.DutyPercent = duty;
                    break;
                case "led":
                    good = TryNumber(value, 0, PinMax, out int led);
                    settings.LedPin = led;
                    break;
                case "console-tx":
                    good = TryNumber(value, 0, PinMax, out int tx);
                    settings.ConsoleTxPin = tx;
                    break;
                case "console-rx":
                    good = TryNumber(value, 0, PinMax, out int rx);
                    settings.ConsoleRxPin = rx;
                    break;
                default:
                    return SettingsFault.UnknownName;
            }

            return good ? SettingsFault.None : SettingsFault.BadValue;
        }

        private static bool TryNumber(string text, int least, int most, out int number)
        {
            return int.TryParse(text, out number) && number >= least && number <= most;
        }
    }
}
