namespace MicroFirmware.Protocol
{
    /// <summary>
    /// What a board says about itself on <c>micro/1/&lt;device&gt;/telemetry</c>: one JSON object, ASCII, without white
    /// space, its members always in this order, and none for what the board does not know:
    /// <code>
    /// {"v":1,"firmware":"0.1.0","scanner":"managed","state":"mining","uptime_s":86400,"hashes":17280000,
    ///  "hash_rate":200,"accepted":12,"rejected":0,"best_work":81234,"free_memory":90112,"rssi":-61,"temperature":43}
    /// </code>
    /// PROTOCOL.md lists the rest.
    /// These are the board's own claims; what it is credited for is decided by its shares alone.
    /// </summary>
    public sealed class Telemetry
    {
        /// <summary>A number that the board does not know.</summary>
        public const long Unknown = long.MinValue;

        internal const int TextCount = 6;
        internal const int FirstSigned = 29;

        private const int FirstRefusal = 11;

        internal static readonly string[] Keys =
        {
            "firmware", "scanner", "state", "cause", "reset", "gateway",
            "uptime_s", "hashes", "hash_rate", "accepted", "rejected", "best_work", "free_memory",
            "proven_rate", "found", "waiting", "dropped",
            "unknown_job", "stale", "duplicate", "low_difficulty", "out_of_lane", "bad_ntime", "bad_version_bits",
            "bad_tag", "malformed",
            "boots", "release", "duty",
            "rssi", "temperature",
        };

        private readonly string[] _texts = new string[TextCount];
        private readonly long[] _numbers = new long[Keys.Length - TextCount];

        /// <summary>Telemetry that knows nothing yet.</summary>
        public Telemetry()
        {
            for (int i = 0; i < _numbers.Length; i++)
            {
                _numbers[i] = Unknown;
            }
        }

        /// <summary>
        /// The firmware's version, or null. Texts are 1 to 32 characters of <c>A-Z a-z 0-9 . - + _</c>.
        /// </summary>
        public string Firmware
        {
            get { return _texts[0]; }
            set { _texts[0] = value; }
        }

        /// <summary>The scanner that is at work, or null.</summary>
        public string Scanner
        {
            get { return _texts[1]; }
            set { _texts[1] = value; }
        }

        /// <summary>The board's state, or null.</summary>
        public string State
        {
            get { return _texts[2]; }
            set { _texts[2] = value; }
        }

        /// <summary>Why it is not simply mining, or null.</summary>
        public string Cause
        {
            get { return _texts[3]; }
            set { _texts[3] = value; }
        }

        /// <summary>Why the board last started, or null.</summary>
        public string Reset
        {
            get { return _texts[4]; }
            set { _texts[4] = value; }
        }

        /// <summary>The host of the gateway in use, or null.</summary>
        public string Gateway
        {
            get { return _texts[5]; }
            set { _texts[5] = value; }
        }

        /// <summary>Seconds since the board started.</summary>
        public long UptimeSeconds
        {
            get { return _numbers[0]; }
            set { _numbers[0] = value; }
        }

        /// <summary>Headers hashed since the board started.</summary>
        public long Hashes
        {
            get { return _numbers[1]; }
            set { _numbers[1] = value; }
        }

        /// <summary>Hashes per second, as the board counts them.</summary>
        public long HashRate
        {
            get { return _numbers[2]; }
            set { _numbers[2] = value; }
        }

        /// <summary>Shares whose verdict was that they are credited, since the board started.</summary>
        public long Accepted
        {
            get { return _numbers[3]; }
            set { _numbers[3] = value; }
        }

        /// <summary>Shares whose verdict was anything else.</summary>
        public long Rejected
        {
            get { return _numbers[4]; }
            set { _numbers[4] = value; }
        }

        /// <summary>Work of the best hash found since the board started, in expected hashes.</summary>
        public long BestWork
        {
            get { return _numbers[5]; }
            set { _numbers[5] = value; }
        }

        /// <summary>Free memory, in octets.</summary>
        public long FreeMemory
        {
            get { return _numbers[6]; }
            set { _numbers[6] = value; }
        }

        /// <summary>Hashes per second that credited shares prove, since the board started.</summary>
        public long ProvenRate
        {
            get { return _numbers[7]; }
            set { _numbers[7] = value; }
        }

        /// <summary>Shares found since the board started.</summary>
        public long Found
        {
            get { return _numbers[8]; }
            set { _numbers[8] = value; }
        }

        /// <summary>Shares that wait for the broker.</summary>
        public long Waiting
        {
            get { return _numbers[9]; }
            set { _numbers[9] = value; }
        }

        /// <summary>Shares given up because too many waited.</summary>
        public long Dropped
        {
            get { return _numbers[10]; }
            set { _numbers[10] = value; }
        }

        /// <summary>How often the board has started.</summary>
        public long Boots
        {
            get { return _numbers[20]; }
            set { _numbers[20] = value; }
        }

        /// <summary>The release of the image in use.</summary>
        public long Release
        {
            get { return _numbers[21]; }
            set { _numbers[21] = value; }
        }

        /// <summary>The part of the time that is spent scanning, in percent.</summary>
        public long Duty
        {
            get { return _numbers[22]; }
            set { _numbers[22] = value; }
        }

        /// <summary>Strength of the radio signal, in dBm.</summary>
        public long Rssi
        {
            get { return _numbers[23]; }
            set { _numbers[23] = value; }
        }

        /// <summary>The chip's temperature, in degrees Celsius.</summary>
        public long Temperature
        {
            get { return _numbers[24]; }
            set { _numbers[24] = value; }
        }

        /// <summary>Shares that got one of the verdicts that refuse.</summary>
        /// <param name="code">UnknownJob to Malformed.</param>
        public long RefusedOf(VerdictCode code)
        {
            return _numbers[FirstRefusal + (int)code - (int)VerdictCode.UnknownJob];
        }

        /// <summary>Sets how many shares got one of the verdicts that refuse.</summary>
        /// <param name="code">UnknownJob to Malformed.</param>
        /// <param name="count">How many.</param>
        public void SetRefused(VerdictCode code, long count)
        {
            _numbers[FirstRefusal + (int)code - (int)VerdictCode.UnknownJob] = count;
        }

        /// <summary>Writes the message.</summary>
        /// <returns>At most <see cref="Limits.TelemetryMaxLength"/> octets; a text that is not allowed is left
        /// out.</returns>
        public byte[] ToJson()
        {
            return TelemetryJson.Write(this);
        }

        /// <summary>Reads a message; anything but what <see cref="ToJson"/> writes is refused.</summary>
        /// <param name="source">Where the octets are.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="count">How many there are.</param>
        /// <param name="telemetry">The message, or null.</param>
        public static ParseStatus Parse(byte[] source, int offset, int count, out Telemetry telemetry)
        {
            return TelemetryJson.Parse(source, offset, count, out telemetry);
        }

        internal static bool IsText(string text)
        {
            if (text == null || text.Length == 0 || text.Length > Limits.TelemetryTextMaxLength)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (!IsTextCharacter(text[i]))
                {
                    return false;
                }
            }

            return true;
        }

        internal static bool IsTextCharacter(char c)
        {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || c == '.' || c == '-' || c == '+' || c == '_';
        }

        internal string GetText(int key)
        {
            return _texts[key];
        }

        internal void SetText(int key, string value)
        {
            _texts[key] = value;
        }

        internal long GetNumber(int key)
        {
            return _numbers[key - TextCount];
        }

        internal void SetNumber(int key, long value)
        {
            _numbers[key - TextCount] = value;
        }
    }
}
