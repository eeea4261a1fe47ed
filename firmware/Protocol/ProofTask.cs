using System;

namespace MicroFirmware.Protocol
{
    /// <summary>
    /// A proof to be checked, sent to <c>micro/1/&lt;device&gt;/proof</c>: that a transaction is in a block, and that
    /// the block and those after it were worked for.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | version| flags  | levels | headers|   flags: bit 0 = has a transaction; levels l 0 to 32, headers h 1 to 16
    ///  4 +--------+--------+--------+--------+
    ///    | seconds to answer| 0              |   1 or more
    ///  8 +--------+--------+--------+--------+
    ///    | task id, 8 octets                 |   drawn at random for each board
    /// 16 +--------+--------+--------+--------+
    ///    | the transaction's place           |   in the block, from 0
    /// 20 +--------+--------+--------+--------+
    ///    | greatest target, as in headers    |
    /// 24 +--------+--------+--------+--------+
    ///    | txid, 32 octets                   |   as it is hashed; without a transaction txid, place and levels are 0
    /// 56 +--------+--------+--------+--------+
    ///    | branch, l times 32 octets         |   from the leaf up
    ///    +--------+--------+--------+--------+
    ///    | headers, h times 80 octets        |   the transaction's block, then the blocks after it
    ///    +--------+--------+--------+--------+
    ///    | tag, 16 octets                    |   of HMAC-SHA256, "proof" 00 device 00 all before
    ///    +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    public sealed class ProofTask
    {
        /// <summary>Most levels of a branch.</summary>
        public const int LevelsMax = 32;

        /// <summary>Most headers.</summary>
        public const int HeadersMax = 16;

        /// <summary>Octets of a hash.</summary>
        public const int HashLength = 32;

        /// <summary>Octets of the longest record.</summary>
        public const int LengthMax = AtBody + (HashLength * (1 + LevelsMax)) + (Limits.HeaderLength * HeadersMax)
            + Limits.TagLength;

        private const int AtBody = 24;
        private const int AtFlags = 1;
        private const int AtLevels = 2;
        private const int AtHeaders = 3;
        private const int AtSeconds = 4;
        private const int AtReserved = 6;
        private const int AtId = 8;
        private const int AtPlace = 16;
        private const int AtLimit = 20;

        /// <summary>Which task it is; the finding names it.</summary>
        public ulong Id { get; set; }

        /// <summary>Whether a transaction is to be found in the first header's block.</summary>
        public bool HasTransaction { get; set; }

        /// <summary>Levels of the branch, 0 to 32.</summary>
        public int Levels { get; set; }

        /// <summary>Headers, 1 to 16.</summary>
        public int Headers { get; set; }

        /// <summary>How long an answer is wanted, in seconds, 1 or more.</summary>
        public ushort Seconds { get; set; }

        /// <summary>The transaction's place in its block, from 0.</summary>
        public uint Place { get; set; }

        /// <summary>The greatest target that a header may have, in compact form.</summary>
        public uint LimitBits { get; set; }

        /// <summary>Txid, branch and headers, as in the record.</summary>
        public byte[] Body { get; set; }

        /// <summary>Octets of the record.</summary>
        public int RecordLength
        {
            get { return AtBody + Body.Length + Limits.TagLength; }
        }

        /// <summary>Where in <see cref="Body"/> a level's hash is.</summary>
        public static int AtLevel(int level)
        {
            return HashLength * (1 + level);
        }

        /// <summary>Where in <see cref="Body"/> a header is.</summary>
        public int AtHeader(int header)
        {
            return AtLevel(Levels) + (Limits.HeaderLength * header);
        }

        /// <summary>Reads a task. The tag is a question of its own: <see cref="IsAuthentic"/>.</summary>
        /// <param name="source">Where the octets are.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="count">How many there are; more than a record is invalid.</param>
        /// <param name="task">The record, or null.</param>
        public static ParseStatus Parse(byte[] source, int offset, int count, out ProofTask task)
        {
            task = null;
            if (count < AtBody)
            {
                return ParseStatus.NeedMore;
            }

            ProofTask read = new ProofTask
            {
                HasTransaction = source[offset + AtFlags] == 1,
                Levels = source[offset + AtLevels],
                Headers = source[offset + AtHeaders],
                Seconds = LittleEndian.ReadUInt16(source, offset + AtSeconds),
                Id = LittleEndian.ReadUInt64(source, offset + AtId),
                Place = LittleEndian.ReadUInt32(source, offset + AtPlace),
                LimitBits = LittleEndian.ReadUInt32(source, offset + AtLimit),
            };
            int length = read.AtHeader(read.Headers);
            if (!read.IsInRange || source[offset] != Limits.RecordVersion || source[offset + AtFlags] > 1
                || LittleEndian.ReadUInt16(source, offset + AtReserved) != 0
                || count > AtBody + length + Limits.TagLength)
            {
                return ParseStatus.Invalid;
            }

            if (count < AtBody + length + Limits.TagLength)
            {
                return ParseStatus.NeedMore;
            }

            read.Body = new byte[length];
            Array.Copy(source, offset + AtBody, read.Body, 0, length);
            task = read.HasTransaction || read.IsWithoutTxid ? read : null;
            return task == null ? ParseStatus.Invalid : ParseStatus.Done;
        }

        /// <summary>Whether a record that was parsed was made by somebody who has the device's key, for this device.
        /// </summary>
        /// <param name="record">The record, whole.</param>
        /// <param name="key">The device's key.</param>
        /// <param name="device">The device's id.</param>
        public static bool IsAuthentic(byte[] record, byte[] key, string device)
        {
            return Mac.IsSealed(
                record, 0, record.Length - Limits.TagLength, Limits.TagLength, key, Mac.Proof, device);
        }

        /// <summary>Writes and tags the record: <see cref="RecordLength"/> octets.</summary>
        public void Write(byte[] destination, int offset, byte[] key, string device)
        {
            destination[offset] = Limits.RecordVersion;
            destination[offset + AtFlags] = (byte)(HasTransaction ? 1 : 0);
            destination[offset + AtLevels] = (byte)Levels;
            destination[offset + AtHeaders] = (byte)Headers;
            LittleEndian.WriteUInt16(destination, offset + AtSeconds, Seconds);
            LittleEndian.WriteUInt16(destination, offset + AtReserved, 0);
            LittleEndian.WriteUInt64(destination, offset + AtId, Id);
            LittleEndian.WriteUInt32(destination, offset + AtPlace, Place);
            LittleEndian.WriteUInt32(destination, offset + AtLimit, LimitBits);
            Array.Copy(Body, 0, destination, offset + AtBody, Body.Length);
            Mac.Seal(destination, offset, AtBody + Body.Length, Limits.TagLength, key, Mac.Proof, device);
        }

        private bool IsInRange
        {
            get
            {
                return Levels <= LevelsMax && Headers >= 1 && Headers <= HeadersMax && Seconds != 0
                    && (HasTransaction || (Levels == 0 && Place == 0));
            }
        }

        private bool IsWithoutTxid
        {
            get { return Mac.AreEqual(Body, 0, new byte[HashLength], 0, HashLength); }
        }
    }
}
