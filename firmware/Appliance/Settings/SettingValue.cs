using System;
using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>Reads the values of settings. Texts hold an octet in each character.</summary>
    internal static class SettingValue
    {
        internal const int MinutesPerDay = 1440;

        private const char FirstPrintable = ' ';
        private const char Delete = (char)127;

        /// <summary>Whether a setting may have a value.</summary>
        internal static bool IsAllowed(int index, string value)
        {
            Setting setting = SettingTable.All[index];
            switch (setting.Kind)
            {
                case SettingKind.Number:
                    int number;
                    return TryNumber(value, out number) && number >= setting.Least && number <= setting.Most
                        && (index != SettingTable.TemperatureMax || number == 0
                            || number >= SettingTable.TemperatureLeast);
                case SettingKind.Switch:
                    return value == "on" || value == "off";
                case SettingKind.DeviceId:
                    return DeviceId.IsValid(value);
                case SettingKind.Host:
                    return new GatewayAddress(value, 1, 1, false).IsValid;
                case SettingKind.Gateway:
                    return ReadGateway(value, 1, 1, false) != null;
                case SettingKind.Hex:
                    byte[] octets;
                    return value.Length == setting.Most && Hex.TryDecode(value, 0, value.Length / 2, out octets);
                case SettingKind.Base64:
                    return value.Length <= setting.Most && ReadBase64(value) != null;
                case SettingKind.Hours:
                    int from;
                    int to;
                    return value == "off" || TryHours(value, out from, out to);
                default:
                    return value.Length >= setting.Least && value.Length <= setting.Most && IsPrintable(value);
            }
        }

        /// <summary>A decimal number of at most 5 digits and a sign.</summary>
        internal static bool TryNumber(string text, out int number)
        {
            number = 0;
            bool isNegative = text.Length > 1 && text[0] == '-';
            int start = isNegative ? 1 : 0;
            for (int i = start; i < text.Length; i++)
            {
                int digit = text[i] - '0';
                if (digit < 0 || digit > 9)
                {
                    return false;
                }

                number = (number * 10) + digit;
            }

            number = isNegative ? -number : number;
            return text.Length > start && text.Length <= start + 5;
        }

        /// <summary>A gateway; null when the text is none.</summary>
        internal static GatewayAddress ReadGateway(string text, int httpPort, int mqttPort, bool isSecure)
        {
            string[] parts = text.Split(':');
            bool isGood = parts.Length == 1
                || (parts.Length == 3 && TryNumber(parts[1], out httpPort) && TryNumber(parts[2], out mqttPort));
            GatewayAddress gateway = new GatewayAddress(parts[0], httpPort, mqttPort, isSecure);
            return isGood && gateway.IsValid ? gateway : null;
        }

        /// <summary>The octets; null when the text is not base64 or empty.</summary>
        internal static byte[] ReadBase64(string text)
        {
            if (text.Length == 0 || text.Length % 4 != 0)
            {
                return null;
            }

            int padding = text[text.Length - 1] != '=' ? 0 : text[text.Length - 2] != '=' ? 1 : 2;
            for (int i = 0; i < text.Length - padding; i++)
            {
                char c = text[i];
                bool isLetter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                if (!isLetter && !(c >= '0' && c <= '9') && c != '+' && c != '/')
                {
                    return null;
                }
            }

            return Convert.FromBase64String(text);
        }

        /// <summary>Two times of day, in minutes after midnight; they may not be the same.</summary>
        internal static bool TryHours(string text, out int from, out int to)
        {
            to = 0;
            return TryTime(text, 0, out from) && text.Length == 11 && text[5] == '-' && TryTime(text, 6, out to)
                && from != to;
        }

        private static bool TryTime(string text, int at, out int minutes)
        {
            minutes = 0;
            int hour;
            int minute;
            bool isTime = text.Length >= at + 5 && text[at + 2] == ':'
                && TryNumber(text.Substring(at, 2), out hour) && TryNumber(text.Substring(at + 3, 2), out minute)
                && hour >= 0 && hour < 24 && minute >= 0 && minute < 60
                && (minutes = (hour * 60) + minute) < MinutesPerDay;
            return isTime;
        }

        private static bool IsPrintable(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < FirstPrintable || text[i] == Delete)
                {
                    return false;
                }
            }

            // What stands around a value is not part of it, so it could not be read back.
            return text.Length == 0 || (text[0] != FirstPrintable && text[text.Length - 1] != FirstPrintable);
        }
    }
}
