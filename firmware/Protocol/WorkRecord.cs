using System;

namespace MicroFirmware.Protocol
{
    /// <summary>
    /// The gateway's answer to a work request: one lane of header space, for one device, for a while.
    /// <code>
    ///   0 +--------+--------+--------+--------+
    ///     | magic "MFW1"                      |
    ///   4 +--------+--------+--------+--------+
    ///     | version| flags  | validity in s   |   flags: bit 0 = drop all earlier work
    ///   8 +--------+--------+--------+--------+
    ///     | job id, 8 octets                  |
    ///  16 +--------+--------+--------+--------+
    ///     | lane                              |
    ///  20 +--------+--------+--------+--------+
    ///     | height                            |
    ///  24 +--------+--------+--------+--------+
    ///     | counter of the request, 8 octets  |
    ///  32 +--------+--------+--------+--------+
    ///     | header without nonce, 76 octets   |   version 32, previous block 36, merkle root 68,
    ///     |                                   |   ntime 100, bits 104
    /// 108 +--------+--------+--------+--------+
    ///     | first nonce                       |
    /// 112 +--------+--------+--------+--------+
    ///     | last nonce, inclusive             |
    /// 116 +--------+--------+--------+--------+
    ///     | version bits the device may roll  |
    /// 120 +--------+--------+--------+--------+
    ///     | ntime roll in s | 0               |
    /// 124 +--------+--------+--------+--------+
    ///     | gateway time, Unix seconds        |
    /// 128 +--------+--------+--------+--------+
    ///     | share target, 32 octets           |   least significant octet first
    /// 160 +--------+--------+--------+--------+
    ///     | HMAC-SHA256, 32 octets            |   "work-record" 00 device 00 octets 0..159
    /// 192 +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    public sealed class WorkRecord
    {
        /// <summary>Octets of the record.</summary>
        public const int Length = 192;

        private const uint Magic = 0x3157464d;
        private const byte CleanJobsFlag = 1;

        private const int AtVersion = 4;
        private const int AtFlags = 5;
        private const int AtValidity = 6;
        private const int AtJobId = 8;
        private const int AtLane = 16;
        private const int AtHeight = 20;
        private const int AtCounter = 24;
        private const int AtHeader = 32;
        private const int AtFirstNonce = 108;
        private const int AtLastNonce = 112;
        private const int AtVersionMask = 116;
        private const int AtNTimeRoll = 120;
        private const int AtReserved = 122;
        private const int AtGatewayTime = 124;
        private const int AtShareTarget = 128;
        private const int AtMac = 160;

        /// <summary>Whether shares of earlier jobs are worthless now.</summary>
        public bool CleanJobs { get; set; }

        /// <summary>How long the work is good for from its arrival, in seconds, at least 1.</summary>
        public ushort ValiditySeconds { get; set; }

        /// <summary>The job.</summary>
        public ulong JobId { get; set; }

        /// <summary>The lane within the job that is this device's alone.</summary>
        public uint Lane { get; set; }

        /// <summary>Height of the block that is being mined.</summary>
        public uint Height { get; set; }

        /// <summary>The counter of the request that this answers.</summary>
        public ulong Counter { get; set; }

        /// <summary>The 76 octets of the block header before the nonce, as they are hashed.</summary>
        public byte[] Header { get; set; }

        /// <summary>The first nonce of the lane.</summary>
        public uint FirstNonce { get; set; }

        /// <summary>The last nonce of the lane, inclusive, not less than the first.</summary>
        public uint LastNonce { get; set; }

        /// <summary>The bits of the header's version that the device may set as it likes (BIP 320), or 0.</summary>
        public uint VersionMask { get; set; }

        /// <summary>How far the header's ntime may be moved forward, in seconds.</summary>
        public ushort NTimeRollSeconds { get; set; }

        /// <summary>The gateway's clock when it answered, in Unix seconds.</summary>
        public uint GatewayTime { get; set; }

        /// <summary>A hash not above this number is a share: 32 octets, least significant first.</summary>
        public byte[] ShareTarget { get; set; }

        /// <summary>
        /// Reads a record. The octets' authenticity is a question of its own: <see cref="IsAuthentic"/>.
        /// </summary>
        /// <param name="source">Where the octets are.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="count">How many there are; more than a record is invalid.</param>
        /// <param name="work">The record, or null.</param>
        public static ParseStatus Parse(byte[] source, int offset, int count, out WorkRecord work)
        {
            work = null;
            if (count < Length)
            {
                return ParseStatus.NeedMore;
            }

            if (count > Length || !IsWellFormed(source, offset))
            {
                return ParseStatus.Invalid;
            }

            work = new WorkRecord
            {
                CleanJobs = source[offset + AtFlags] == CleanJobsFlag,
                ValiditySeconds = LittleEndian.ReadUInt16(source, offset + AtValidity),
                JobId = LittleEndian.ReadUInt64(source, offset + AtJobId),
                Lane = LittleEndian.ReadUInt32(source, offset + AtLane),
                Height = LittleEndian.ReadUInt32(source, offset + AtHeight),
                Counter = LittleEndian.ReadUInt64(source, offset + AtCounter),
                Header = Slice(source, offset + AtHeader, Limits.HeaderWithoutNonceLength),
                FirstNonce = LittleEndian.ReadUInt32(source, offset + AtFirstNonce),
                LastNonce = LittleEndian.ReadUInt32(source, offset + AtLastNonce),
                VersionMask = LittleEndian.ReadUInt32(source, offset + AtVersionMask),
                NTimeRollSeconds = LittleEndian.ReadUInt16(source, offset + AtNTimeRoll),
                GatewayTime = LittleEndian.ReadUInt32(source, offset + AtGatewayTime),
                ShareTarget = Slice(source, offset + AtShareTarget, Limits.TargetLength),
            };
            return ParseStatus.Done;
        }

        /// <summary>Whether a whole record was made by somebody who has the device's key, for this device.</summary>
        public static bool IsAuthentic(byte[] source, int offset, byte[] key, string device)
        {
            return Mac.IsSealed(source, offset, AtMac, Limits.MacLength, key, Mac.WorkRecord, device);
        }

        /// <summary>Writes and signs the record: <see cref="Length"/> octets.</summary>
        public void Write(byte[] destination, int offset, byte[] key, string device)
        {
            LittleEndian.WriteUInt32(destination, offset, Magic);
            destination[offset + AtVersion] = Limits.RecordVersion;
            destination[offset + AtFlags] = CleanJobs ? CleanJobsFlag : (byte)0;
            LittleEndian.WriteUInt16(destination, offset + AtValidity, ValiditySeconds);
            LittleEndian.WriteUInt64(destination, offset + AtJobId, JobId);
            LittleEndian.WriteUInt32(destination, offset + AtLane, Lane);
            LittleEndian.WriteUInt32(destination, offset + AtHeight, Height);
            LittleEndian.WriteUInt64(destination, offset + AtCounter, Counter);
            Array.Copy(Header, 0, destination, offset + AtHeader, Limits.HeaderWithoutNonceLength);
            LittleEndian.WriteUInt32(destination, offset + AtFirstNonce, FirstNonce);
            LittleEndian.WriteUInt32(destination, offset + AtLastNonce, LastNonce);
            LittleEndian.WriteUInt32(destination, offset + AtVersionMask, VersionMask);
            LittleEndian.WriteUInt16(destination, offset + AtNTimeRoll, NTimeRollSeconds);
            LittleEndian.WriteUInt16(destination, offset + AtReserved, 0);
            LittleEndian.WriteUInt32(destination, offset + AtGatewayTime, GatewayTime);
            Array.Copy(ShareTarget, 0, destination, offset + AtShareTarget, Limits.TargetLength);
            Mac.Seal(destination, offset, AtMac, Limits.MacLength, key, Mac.WorkRecord, device);
        }

        private static bool IsWellFormed(byte[] source, int offset)
        {
            return LittleEndian.ReadUInt32(source, offset) == Magic
                && source[offset + AtVersion] == Limits.RecordVersion
                && source[offset + AtFlags] <= CleanJobsFlag
                && LittleEndian.ReadUInt16(source, offset + AtValidity) != 0
                && LittleEndian.ReadUInt16(source, offset + AtReserved) == 0
                && LittleEndian.ReadUInt32(source, offset + AtFirstNonce)
                    <= LittleEndian.ReadUInt32(source, offset + AtLastNonce);
        }

        private static byte[] Slice(byte[] source, int offset, int count)
        {
            byte[] slice = new byte[count];
            Array.Copy(source, offset, slice, 0, count);
            return slice;
        }
    }
}
