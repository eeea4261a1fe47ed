using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// What a board is told by its owner: names and values as <c>firmware/Device/README.md</c> lists them. A value that
    /// is here is in its range; whether they fit together is said by <see cref="Complaint"/>.
    /// </summary>
    public sealed class BoardSettings
    {
        /// <summary>The owner's file, on the internal drive.</summary>
        public const string FileName = "micro.txt";

        /// <summary>Longest text of settings, in octets.</summary>
        public const int TextMaxLength = 4096;

        /// <summary>A pin that is not there.</summary>
        public const int NoPin = -1;

        private readonly string[] _values = new string[SettingTable.All.Length];

        /// <summary>The device's id, or empty.</summary>
        public string DeviceId
        {
            get { return ValueAt(SettingTable.Device); }
        }

        /// <summary>The device's key, 32 octets, or null.</summary>
        public byte[] Key
        {
            get { return OctetsAt(SettingTable.Key); }
        }

        /// <summary>The gateways in the order in which they are tried.</summary>
        public GatewayAddress[] Gateways
        {
            get
            {
                int count = 0;
                while (count < SettingTable.GatewayCount && ValueAt(SettingTable.Gateway + count).Length != 0)
                {
                    count++;
                }

                GatewayAddress[] gateways = new GatewayAddress[count];
                for (int i = 0; i < count; i++)
                {
                    gateways[i] = SettingValue.ReadGateway(
                        ValueAt(SettingTable.Gateway + i), NumberAt(SettingTable.HttpPort),
                        NumberAt(SettingTable.MqttPort), IsSecure);
                }

                return gateways;
            }
        }

        /// <summary>Whether gateways are reached over TLS.</summary>
        public bool IsSecure
        {
            get { return ValueAt(SettingTable.Tls) == "on"; }
        }

        /// <summary>The gateways' certificate authority, DER, or null.</summary>
        public byte[] Authority
        {
            get { return SettingValue.ReadBase64(ValueAt(SettingTable.Authority)); }
        }

        /// <summary>The Wi-Fi's name, an octet in each character; empty for the one that was deployed with nanoff.
        /// </summary>
        public string WifiName
        {
            get { return ValueAt(SettingTable.Wifi); }
        }

        /// <summary>The Wi-Fi's password, an octet in each character; empty for an open one.</summary>
        public string WifiPassword
        {
            get { return ValueAt(SettingTable.WifiPassword); }
        }

        /// <summary>Where the time comes from.</summary>
        public string TimeServer
        {
            get { return ValueAt(SettingTable.TimeServer); }
        }

        /// <summary>Part of the time that is spent scanning, in percent, 1 to 100.</summary>
        public int DutyPercent
        {
            get { return NumberAt(SettingTable.Duty); }
        }

        /// <summary>Pin of a light that is on when the pin is high, or <see cref="NoPin"/>.</summary>
        public int LedPin
        {
            get { return NumberAt(SettingTable.Led); }
        }

        /// <summary>Pin on which the console sends, or <see cref="NoPin"/> for the debugger's channel.</summary>
        public int ConsoleTxPin
        {
            get { return NumberAt(SettingTable.ConsoleTx); }
        }

        /// <summary>Pin on which the console receives.</summary>
        public int ConsoleRxPin
        {
            get { return NumberAt(SettingTable.ConsoleRx); }
        }

        /// <summary>What keeps the settings as a whole from being used, beginning with a name; null when nothing does.
        /// </summary>
        public string Complaint
        {
            get
            {
                for (int i = 0; i < SettingTable.All.Length; i++)
                {
                    if (SettingTable.All[i].IsRequired && ValueAt(i).Length == 0)
                    {
                        return SettingTable.All[i].Name + " is missing";
                    }
                }

                return GatewayComplaint()
                    ?? (IsSecure && Authority == null ? "ca is missing; it is needed with tls = on"
                    : (ConsoleTxPin == NoPin) != (ConsoleRxPin == NoPin) ? "console-tx: set both pins or none"
                    : NumberAt(SettingTable.PowerScan) <= NumberAt(SettingTable.PowerIdle)
                        ? "power-scan: more than power-idle"
                    : null);
            }
        }

        /// <summary>The settings on a drive, the owner's file included if it is new; not necessarily whole.</summary>
        public static BoardSettings ReadFrom(ISettingsStore store)
        {
            return new SavedSettings(store).Current;
        }

        /// <summary>Sets a value; an empty one gives the default back.</summary>
        /// <returns>False when there is no setting of the name or the value is not in its range.</returns>
        public bool TrySet(string name, string value)
        {
            int index = SettingTable.IndexOf(name);
            if (index < 0 || (value.Length != 0 && !SettingValue.IsAllowed(index, value)))
            {
                return false;
            }

            _values[index] = value.Length == 0 ? null : value;
            return true;
        }

        /// <summary>The settings as lines of <c>name = value</c>, without those that have their default.</summary>
        public string ToText()
        {
            string text = "";
            for (int i = 0; i < _values.Length; i++)
            {
                if (_values[i] != null)
                {
                    text += SettingTable.All[i].Name + " = " + _values[i] + "\n";
                }
            }

            return text;
        }

        /// <summary>What may be shown of a value: never a secret.</summary>
        internal string ShownAt(int index)
        {
            string value = ValueAt(index);
            return SettingTable.All[index].IsSecret && value.Length != 0 ? "(set)" : value;
        }

        /// <summary>The value, or the default.</summary>
        internal string ValueAt(int index)
        {
            return _values[index] ?? SettingTable.All[index].Default;
        }

        internal int NumberAt(int index)
        {
            int number;
            SettingValue.TryNumber(ValueAt(index), out number);
            return number;
        }

        internal byte[] OctetsAt(int index)
        {
            byte[] octets;
            string value = ValueAt(index);
            return value.Length != 0 && Hex.TryDecode(value, 0, value.Length / 2, out octets) ? octets : null;
        }

        internal BoardSettings Copy()
        {
            BoardSettings copy = new BoardSettings();
            _values.CopyTo(copy._values, 0);
            return copy;
        }

        /// <summary>Puts a gateway before the others; the last of four has to go.</summary>
        internal void PutFirst(string gateway)
        {
            string next = gateway;
            for (int i = 0; i < SettingTable.GatewayCount && next != null; i++)
            {
                string here = _values[SettingTable.Gateway + i];
                _values[SettingTable.Gateway + i] = next;
                next = here == gateway ? null : here;
            }
        }

        private string GatewayComplaint()
        {
            bool hasEnded = false;
            for (int i = 0; i < SettingTable.GatewayCount; i++)
            {
                bool isThere = ValueAt(SettingTable.Gateway + i).Length != 0;
                if (isThere && hasEnded)
                {
                    return SettingTable.All[SettingTable.Gateway + i].Name + ": the one before it is not set";
                }

                hasEnded = hasEnded || !isThere;
            }

            return null;
        }
    }
}
