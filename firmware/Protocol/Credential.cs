namespace MicroFirmware.Protocol
{
    /// <summary>
    /// How a device says who it is: its id, a counter that only grows, and a code over both.
    /// <code>
    /// HTTP   Authorization: Micro &lt;device&gt;:&lt;counter, 16 hex digits&gt;:&lt;mac, 64 hex digits&gt;
    /// MQTT   client id = user name = &lt;device&gt;
    ///        password = &lt;counter, 16 hex digits&gt;&lt;mac, 64 hex digits&gt;
    /// purpose = "work" for HTTP, "mqtt" for MQTT
    /// mac = HMAC-SHA256(key, purpose 00 device 00 counter as 8 octets, least significant first)
    /// </code>
    /// </summary>
    public sealed class Credential
    {
        /// <summary>The scheme in the HTTP header field <c>Authorization</c>.</summary>
        public const string Scheme = "Micro";

        private const int CounterDigits = 16;
        private const int MacDigits = 2 * Limits.MacLength;

        private readonly string _purpose;
        private readonly byte[] _mac;

        private Credential(string purpose, string device, ulong counter, byte[] mac)
        {
            _purpose = purpose;
            _mac = mac;
            Device = device;
            Counter = counter;
        }

        /// <summary>The device's id.</summary>
        public string Device { get; }

        /// <summary>The counter: <c>boot count &lt;&lt; 32 | n</c>.</summary>
        public ulong Counter { get; }

        /// <summary>Signs a work request.</summary>
        public static Credential ForWork(string device, ulong counter, byte[] key)
        {
            return new Credential(Mac.Work, device, counter, Sign(Mac.Work, device, counter, key));
        }

        /// <summary>Signs a connection to the broker.</summary>
        public static Credential ForMqtt(string device, ulong counter, byte[] key)
        {
            return new Credential(Mac.Mqtt, device, counter, Sign(Mac.Mqtt, device, counter, key));
        }

        /// <summary>Reads the value of an HTTP <c>Authorization</c> field. What it claims is not yet proven.</summary>
        /// <returns>False, and null, when it is not exactly of the form above.</returns>
        public static bool TryParseHttp(string value, out Credential credential)
        {
            credential = null;
            int start = Scheme.Length + 1;
            if (value == null || value.Length < start || value.Substring(0, start) != Scheme + " ")
            {
                return false;
            }

            int colon = value.IndexOf(':');
            int end = colon + 1 + CounterDigits;
            if (colon < start || value.Length != end + 1 + MacDigits || value[end] != ':')
            {
                return false;
            }

            string device = value.Substring(start, colon - start);
            return TryRead(Mac.Work, device, value, colon + 1, end + 1, out credential);
        }

        /// <summary>Reads the user name and password of an MQTT connection. What it claims is not yet proven.</summary>
        /// <returns>False, and null, when they are not exactly of the form above.</returns>
        public static bool TryParseMqtt(string user, string password, out Credential credential)
        {
            credential = null;
            return password != null && password.Length == CounterDigits + MacDigits
                && TryRead(Mac.Mqtt, user, password, 0, CounterDigits, out credential);
        }

        /// <summary>Whether it was made with this key. The time this takes says nothing about the code.</summary>
        public bool IsSignedWith(byte[] key)
        {
            return Mac.AreEqual(Sign(_purpose, Device, Counter, key), 0, _mac, 0, Limits.MacLength);
        }

        /// <summary>The value of the HTTP header field.</summary>
        public string ToHttp()
        {
            return Scheme + " " + Device + ":" + Hex.Encode(Counter) + ":" + Hex.Encode(_mac, 0, _mac.Length);
        }

        /// <summary>The MQTT password; the user name is <see cref="Device"/>.</summary>
        public string ToMqttPassword()
        {
            return Hex.Encode(Counter) + Hex.Encode(_mac, 0, _mac.Length);
        }

        private static bool TryRead(
            string purpose, string device, string text, int atCounter, int atMac, out Credential credential)
        {
            credential = null;
            ulong counter;
            byte[] mac;
            if (!DeviceId.IsValid(device) || !Hex.TryDecode(text, atCounter, out counter)
                || !Hex.TryDecode(text, atMac, Limits.MacLength, out mac))
            {
                return false;
            }

            credential = new Credential(purpose, device, counter, mac);
            return true;
        }

        private static byte[] Sign(string purpose, string device, ulong counter, byte[] key)
        {
            byte[] octets = new byte[8];
            LittleEndian.WriteUInt64(octets, 0, counter);
            return Mac.Compute(key, purpose, device, octets, 0, octets.Length);
        }
    }
}
