namespace MicroFirmware.Protocol
{
    /// <summary>
    /// The gateway's "no" to a work request, in hexadecimal in the HTTP header field <see cref="HeaderName"/>.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | version| code   | retry after, s  |
    ///  4 +--------+--------+--------+--------+
    ///    | 0                                 |
    ///  8 +--------+--------+--------+--------+
    ///    | counter of the request, 8 octets  |
    /// 16 +--------+--------+--------+--------+
    ///    | counter floor, 8 octets           |   the greatest counter seen from the device
    /// 24 +--------+--------+--------+--------+
    ///    | HMAC-SHA256, 32 octets            |   "refusal" 00 device 00 octets 0..23; 0 for a device that is unknown
    /// 56 +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    public sealed class Refusal
    {
        /// <summary>Octets of the record; the header field has twice as many digits.</summary>
        public const int Length = 56;

        /// <summary>The HTTP header field that carries it.</summary>
        public const string HeaderName = "Micro-Refusal";

        private const int AtCode = 1;
        private const int AtRetryAfter = 2;
        private const int AtReserved = 4;
        private const int AtCounter = 8;
        private const int AtCounterFloor = 16;
        private const int AtMac = 24;

        /// <summary>Why there is no work.</summary>
        public RefusalCode Code { get; set; }

        /// <summary>How long to wait before asking again, in seconds; 0 where the device may choose.</summary>
        public ushort RetryAfterSeconds { get; set; }

        /// <summary>The counter of the request that this answers.</summary>
        public ulong Counter { get; set; }

        /// <summary>
        /// The greatest counter that the gateway has accepted from the device; the next must be greater.
        /// </summary>
        public ulong CounterFloor { get; set; }

        /// <summary>Reads a refusal. Its authenticity is a question of its own: <see cref="IsAuthentic"/>.</summary>
        /// <param name="source">Where the octets are.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="count">How many there are; more than a record is invalid.</param>
        /// <param name="refusal">The record, or null.</param>
        public static ParseStatus Parse(byte[] source, int offset, int count, out Refusal refusal)
        {
            refusal = null;
            if (count < Length)
            {
                return ParseStatus.NeedMore;
            }

            byte code = source[offset + AtCode];
            if (count > Length || source[offset] != Limits.RecordVersion
                || code < (byte)RefusalCode.UnknownDevice || code > (byte)RefusalCode.Busy
                || LittleEndian.ReadUInt32(source, offset + AtReserved) != 0)
            {
                return ParseStatus.Invalid;
            }

            refusal = new Refusal
            {
                Code = (RefusalCode)code,
                RetryAfterSeconds = LittleEndian.ReadUInt16(source, offset + AtRetryAfter),
                Counter = LittleEndian.ReadUInt64(source, offset + AtCounter),
                CounterFloor = LittleEndian.ReadUInt64(source, offset + AtCounterFloor),
            };
            return ParseStatus.Done;
        }

        /// <summary>Whether a whole record was made by somebody who has the device's key, for this device.</summary>
        public static bool IsAuthentic(byte[] source, int offset, byte[] key, string device)
        {
            return Mac.IsSealed(source, offset, AtMac, Limits.MacLength, key, Mac.Refusal, device);
        }

        /// <summary>Writes the record: <see cref="Length"/> octets.</summary>
        /// <param name="destination">Where to.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="key">The device's key; null for a device that is unknown, whose refusal cannot be
        /// signed.</param>
        /// <param name="device">The device's id.</param>
        public void Write(byte[] destination, int offset, byte[] key, string device)
        {
            destination[offset] = Limits.RecordVersion;
            destination[offset + AtCode] = (byte)Code;
            LittleEndian.WriteUInt16(destination, offset + AtRetryAfter, RetryAfterSeconds);
            LittleEndian.WriteUInt32(destination, offset + AtReserved, 0);
            LittleEndian.WriteUInt64(destination, offset + AtCounter, Counter);
            LittleEndian.WriteUInt64(destination, offset + AtCounterFloor, CounterFloor);
            if (key == null)
            {
                System.Array.Clear(destination, offset + AtMac, Limits.MacLength);
                return;
            }

            Mac.Seal(destination, offset, AtMac, Limits.MacLength, key, Mac.Refusal, device);
        }

        /// <summary>The header field's value: the record in lower-case hexadecimal.</summary>
        public string ToHeaderValue(byte[] key, string device)
        {
            byte[] record = new byte[Length];
            Write(record, 0, key, device);
            return Hex.Encode(record, 0, Length);
        }
    }
}
