namespace MicroFirmware.Protocol
{
    /// <summary>Every length that both sides of the wire rely on, in octets unless the name says otherwise.</summary>
    public static class Limits
    {
        /// <summary>The version that stands in every record.</summary>
        public const byte RecordVersion = 1;

        /// <summary>Longest device id, in characters.</summary>
        public const int DeviceIdMaxLength = 32;

        /// <summary>A device key: random octets that only the device and its gateway know.</summary>
        public const int KeyLength = 32;

        /// <summary>A whole HMAC-SHA256.</summary>
        public const int MacLength = 32;

        /// <summary>The leading octets of an HMAC-SHA256 that a share and a command carry.</summary>
        public const int TagLength = 16;

        /// <summary>A block header without its nonce.</summary>
        public const int HeaderWithoutNonceLength = 76;

        /// <summary>A whole block header.</summary>
        public const int HeaderLength = 80;

        /// <summary>A target: a 256-bit number, least significant octet first.</summary>
        public const int TargetLength = 32;

        /// <summary>Longest topic the protocol uses: <c>micro/1/</c>, a device id, <c>/telemetry</c>.</summary>
        public const int TopicMaxLength = 8 + DeviceIdMaxLength + 10;

        /// <summary>Longest telemetry message.</summary>
        public const int TelemetryMaxLength = 1280;

        /// <summary>Longest text inside telemetry: firmware version, scanner name, state.</summary>
        public const int TelemetryTextMaxLength = 32;

        /// <summary>Longest HTTP request that asks for work.</summary>
        public const int WorkRequestMaxLength = 512;

        /// <summary>Longest head (status line and header fields) of the answer to a work request.</summary>
        public const int WorkAnswerHeadMaxLength = 2048;

        /// <summary>Longest header line in the answer to a work request.</summary>
        public const int WorkAnswerLineMaxLength = 512;

        /// <summary>Longest host name of a gateway, as in DNS, in characters.</summary>
        public const int HostMaxLength = 253;
    }
}
