namespace MicroFirmware.Protocol
{
    /// <summary>
    /// A share: the header of a lane that hashes to or below the share target.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | version| 0      | 0               |
    ///  4 +--------+--------+--------+--------+
    ///    | header version                    |
    ///  8 +--------+--------+--------+--------+
    ///    | sequence, 8 octets                |
    /// 16 +--------+--------+--------+--------+
    ///    | job id, 8 octets                  |
    /// 24 +--------+--------+--------+--------+
    ///    | lane                              |
    /// 28 +--------+--------+--------+--------+
    ///    | ntime                             |
    /// 32 +--------+--------+--------+--------+
    ///    | nonce                             |
    /// 36 +--------+--------+--------+--------+
    ///    | tag, 16 octets                    |   of HMAC-SHA256, "share" 00 device 00 octets 0..35
    /// 52 +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    public sealed class ShareRecord
    {
        /// <summary>Octets of the record.</summary>
        public const int Length = 52;

        private const int AtFlags = 1;
        private const int AtReserved = 2;
        private const int AtHeaderVersion = 4;
        private const int AtSequence = 8;
        private const int AtJobId = 16;
        private const int AtLane = 24;
        private const int AtNTime = 28;
        private const int AtNonce = 32;
        private const int AtTag = 36;

        /// <summary>The whole version field of the header that was hashed.</summary>
        public uint HeaderVersion { get; set; }

        /// <summary>
        /// The share's number, <c>boot count &lt;&lt; 32 | n</c>: only grows, and stays the same when the share is sent
        /// again.
        /// </summary>
        public ulong Sequence { get; set; }

        /// <summary>The job of the work it was found in.</summary>
        public ulong JobId { get; set; }

        /// <summary>The lane of the work it was found in.</summary>
        public uint Lane { get; set; }

        /// <summary>The ntime of the header that was hashed.</summary>
        public uint NTime { get; set; }

        /// <summary>The nonce of the header that was hashed.</summary>
        public uint Nonce { get; set; }

        /// <summary>Reads a share. The tag is a question of its own: <see cref="IsAuthentic"/>.</summary>
        /// <param name="source">Where the octets are.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="count">How many there are; more than a record is invalid.</param>
        /// <param name="share">The record, or null.</param>
        public static ParseStatus Parse(byte[] source, int offset, int count, out ShareRecord share)
        {
            share = null;
            if (count < Length)
            {
                return ParseStatus.NeedMore;
            }

            if (count > Length || source[offset] != Limits.RecordVersion || source[offset + AtFlags] != 0
                || LittleEndian.ReadUInt16(source, offset + AtReserved) != 0)
            {
                return ParseStatus.Invalid;
            }

            share = new ShareRecord
            {
                HeaderVersion = LittleEndian.ReadUInt32(source, offset + AtHeaderVersion),
                Sequence = LittleEndian.ReadUInt64(source, offset + AtSequence),
                JobId = LittleEndian.ReadUInt64(source, offset + AtJobId),
                Lane = LittleEndian.ReadUInt32(source, offset + AtLane),
                NTime = LittleEndian.ReadUInt32(source, offset + AtNTime),
                Nonce = LittleEndian.ReadUInt32(source, offset + AtNonce),
            };
            return ParseStatus.Done;
        }

        /// <summary>Whether a whole record was made by somebody who has the device's key, for this device.</summary>
        public static bool IsAuthentic(byte[] source, int offset, byte[] key, string device)
        {
            return Mac.IsSealed(source, offset, AtTag, Limits.TagLength, key, Mac.Share, device);
        }

        /// <summary>Writes and tags the record: <see cref="Length"/> octets.</summary>
        public void Write(byte[] destination, int offset, byte[] key, string device)
        {
            destination[offset] = Limits.RecordVersion;
            destination[offset + AtFlags] = 0;
            LittleEndian.WriteUInt16(destination, offset + AtReserved, 0);
            LittleEndian.WriteUInt32(destination, offset + AtHeaderVersion, HeaderVersion);
            LittleEndian.WriteUInt64(destination, offset + AtSequence, Sequence);
            LittleEndian.WriteUInt64(destination, offset + AtJobId, JobId);
            LittleEndian.WriteUInt32(destination, offset + AtLane, Lane);
            LittleEndian.WriteUInt32(destination, offset + AtNTime, NTime);
            LittleEndian.WriteUInt32(destination, offset + AtNonce, Nonce);
            Mac.Seal(destination, offset, AtTag, Limits.TagLength, key, Mac.Share, device);
        }
    }
}
