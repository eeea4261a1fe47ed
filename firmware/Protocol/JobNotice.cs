namespace MicroFirmware.Protocol
{
    /// <summary>
    /// "There is a new job": sent to <c>micro/1/job</c>. Work is not in it; a board that wants some asks.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | version| flags  | 0               |   flags: bit 0 = drop all earlier work
    ///  4 +--------+--------+--------+--------+
    ///    | height                            |
    ///  8 +--------+--------+--------+--------+
    ///    | job id, 8 octets                  |
    /// 16 +--------+--------+--------+--------+
    /// </code>
    /// It carries no code of its own, as it goes to all devices: all it can do is make a board ask for work, and how
    /// often a board asks is bounded.
    /// </summary>
    public sealed class JobNotice
    {
        /// <summary>Octets of the record.</summary>
        public const int Length = 16;

        private const byte CleanJobsFlag = 1;
        private const int AtFlags = 1;
        private const int AtReserved = 2;
        private const int AtHeight = 4;
        private const int AtJobId = 8;

        /// <summary>Whether shares of earlier jobs are worthless now.</summary>
        public bool CleanJobs { get; set; }

        /// <summary>Height of the block that is being mined.</summary>
        public uint Height { get; set; }

        /// <summary>The new job.</summary>
        public ulong JobId { get; set; }

        /// <summary>Reads a notice.</summary>
        /// <param name="source">Where the octets are.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="count">How many there are; more than a record is invalid.</param>
        /// <param name="notice">The record, or null.</param>
        public static ParseStatus Parse(byte[] source, int offset, int count, out JobNotice notice)
        {
            notice = null;
            if (count < Length)
            {
                return ParseStatus.NeedMore;
            }

            if (count > Length || source[offset] != Limits.RecordVersion || source[offset + AtFlags] > CleanJobsFlag
                || LittleEndian.ReadUInt16(source, offset + AtReserved) != 0)
            {
                return ParseStatus.Invalid;
            }

            notice = new JobNotice
            {
                CleanJobs = source[offset + AtFlags] == CleanJobsFlag,
                Height = LittleEndian.ReadUInt32(source, offset + AtHeight),
                JobId = LittleEndian.ReadUInt64(source, offset + AtJobId),
            };
            return ParseStatus.Done;
        }

        /// <summary>Writes the record: <see cref="Length"/> octets.</summary>
        public void Write(byte[] destination, int offset)
        {
            destination[offset] = Limits.RecordVersion;
            destination[offset + AtFlags] = CleanJobs ? CleanJobsFlag : (byte)0;
            LittleEndian.WriteUInt16(destination, offset + AtReserved, 0);
            LittleEndian.WriteUInt32(destination, offset + AtHeight, Height);
            LittleEndian.WriteUInt64(destination, offset + AtJobId, JobId);
        }
    }
}
