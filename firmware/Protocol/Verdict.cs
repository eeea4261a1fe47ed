namespace MicroFirmware.Protocol
{
    /// <summary>
    /// What became of one share, sent to <c>micro/1/&lt;device&gt;/verdict</c> once it is stored.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | version| code   | 0               |
    ///  4 +--------+--------+--------+--------+
    ///    | nonce                             |
    ///  8 +--------+--------+--------+--------+
    ///    | sequence, 8 octets                |
    /// 16 +--------+--------+--------+--------+
    ///    | job id, 8 octets                  |
    /// 24 +--------+--------+--------+--------+
    ///    | work credited, 8 octets           |
    /// 32 +--------+--------+--------+--------+
    /// </code>
    /// It carries no code of its own: the broker lets nobody but the gateway publish here, and a board acts on it only
    /// by counting.
    /// </summary>
    public sealed class Verdict
    {
        /// <summary>Octets of the record.</summary>
        public const int Length = 32;

        private const int AtCode = 1;
        private const int AtReserved = 2;
        private const int AtNonce = 4;
        private const int AtSequence = 8;
        private const int AtJobId = 16;
        private const int AtWork = 24;

        /// <summary>What became of the share.</summary>
        public VerdictCode Code { get; set; }

        /// <summary>The share's nonce.</summary>
        public uint Nonce { get; set; }

        /// <summary>The share's sequence number.</summary>
        public ulong Sequence { get; set; }

        /// <summary>The share's job.</summary>
        public ulong JobId { get; set; }

        /// <summary>The work that was credited, in expected hashes; 0 when the share was refused.</summary>
        public ulong Work { get; set; }

        /// <summary>Whether the share was credited.</summary>
        public bool IsAccepted
        {
            get { return Code == VerdictCode.Accepted || Code == VerdictCode.BlockFound; }
        }

        /// <summary>Reads a verdict.</summary>
        /// <param name="source">Where the octets are.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="count">How many there are; more than a record is invalid.</param>
        /// <param name="verdict">The record, or null.</param>
        public static ParseStatus Parse(byte[] source, int offset, int count, out Verdict verdict)
        {
            verdict = null;
            if (count < Length)
            {
                return ParseStatus.NeedMore;
            }

            if (count > Length || source[offset] != Limits.RecordVersion
                || source[offset + AtCode] > (byte)VerdictCode.Malformed
                || LittleEndian.ReadUInt16(source, offset + AtReserved) != 0)
            {
                return ParseStatus.Invalid;
            }

            verdict = new Verdict
            {
                Code = (VerdictCode)source[offset + AtCode],
                Nonce = LittleEndian.ReadUInt32(source, offset + AtNonce),
                Sequence = LittleEndian.ReadUInt64(source, offset + AtSequence),
                JobId = LittleEndian.ReadUInt64(source, offset + AtJobId),
                Work = LittleEndian.ReadUInt64(source, offset + AtWork),
            };
            return ParseStatus.Done;
        }

        /// <summary>Writes the record: <see cref="Length"/> octets.</summary>
        public void Write(byte[] destination, int offset)
        {
            destination[offset] = Limits.RecordVersion;
            destination[offset + AtCode] = (byte)Code;
            LittleEndian.WriteUInt16(destination, offset + AtReserved, 0);
            LittleEndian.WriteUInt32(destination, offset + AtNonce, Nonce);
            LittleEndian.WriteUInt64(destination, offset + AtSequence, Sequence);
            LittleEndian.WriteUInt64(destination, offset + AtJobId, JobId);
            LittleEndian.WriteUInt64(destination, offset + AtWork, Work);
        }
    }
}
