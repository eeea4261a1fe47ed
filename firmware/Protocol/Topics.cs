namespace MicroFirmware.Protocol
{
    /// <summary>The MQTT topics: <c>micro/1/job</c> for all, <c>micro/1/&lt;device&gt;/…</c> for one device.</summary>
    public static class Topics
    {
        /// <summary>Where every topic begins; the number is the protocol's version.</summary>
        public const string Prefix = "micro/1/";

        /// <summary>The job notice.</summary>
        public const string Job = Prefix + "job";

        private const string ShareWord = "/share";
        private const string TelemetryWord = "/telemetry";
        private const string StatusWord = "/status";
        private const string CommandWord = "/command";
        private const string VerdictWord = "/verdict";
        private const string ProofWord = "/proof";
        private const string FindingWord = "/finding";

        /// <summary>Where a device publishes its shares.</summary>
        public static string Share(string device)
        {
            return Prefix + device + ShareWord;
        }

        /// <summary>Where a device publishes its telemetry.</summary>
        public static string Telemetry(string device)
        {
            return Prefix + device + TelemetryWord;
        }

        /// <summary>Where a device's status is retained.</summary>
        public static string Status(string device)
        {
            return Prefix + device + StatusWord;
        }

        /// <summary>Where a device gets its commands.</summary>
        public static string Command(string device)
        {
            return Prefix + device + CommandWord;
        }

        /// <summary>Where a device gets its verdicts.</summary>
        public static string Verdict(string device)
        {
            return Prefix + device + VerdictWord;
        }

        /// <summary>Where a device gets proofs to check.</summary>
        public static string Proof(string device)
        {
            return Prefix + device + ProofWord;
        }

        /// <summary>Where a device publishes what it found out about them.</summary>
        public static string Finding(string device)
        {
            return Prefix + device + FindingWord;
        }

        /// <summary>What a topic is, and whose.</summary>
        /// <param name="topic">A topic name, without wildcards.</param>
        /// <param name="device">The device's id; null when the topic has none.</param>
        public static TopicKind Parse(string topic, out string device)
        {
            device = null;
            if (topic == null || topic.Length > Limits.TopicMaxLength)
            {
                return TopicKind.Unknown;
            }

            if (topic == Job)
            {
                return TopicKind.Job;
            }

            int slash = topic.LastIndexOf('/');
            if (slash <= Prefix.Length || topic.Substring(0, Prefix.Length) != Prefix)
            {
                return TopicKind.Unknown;
            }

            string id = topic.Substring(Prefix.Length, slash - Prefix.Length);
            TopicKind kind = KindOf(topic.Substring(slash));
            if (kind == TopicKind.Unknown || !DeviceId.IsValid(id))
            {
                return TopicKind.Unknown;
            }

            device = id;
            return kind;
        }

        private static TopicKind KindOf(string word)
        {
            switch (word)
            {
                case ShareWord: return TopicKind.Share;
                case TelemetryWord: return TopicKind.Telemetry;
                case StatusWord: return TopicKind.Status;
                case CommandWord: return TopicKind.Command;
                case VerdictWord: return TopicKind.Verdict;
                case ProofWord: return TopicKind.Proof;
                case FindingWord: return TopicKind.Finding;
                default: return TopicKind.Unknown;
            }
        }
    }
}
