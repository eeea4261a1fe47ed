using System;

namespace MicroFirmware.Protocol
{
    /// <summary>
    /// What a board found out about a proof, sent to <c>micro/1/&lt;device&gt;/finding</c>.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | version| code   | where  | 0      |   where: level or header at which a wrong proof ends
    ///  4 +--------+--------+--------+--------+
    ///    | time it took, ms                  |   the board's claim
    ///  8 +--------+--------+--------+--------+
    ///    | task id, 8 octets                 |
    /// 16 +--------+--------+--------+--------+
    ///    | trace, 32 octets                  |   all hashes that were computed, exclusive or
    /// 48 +--------+--------+--------+--------+
    ///    | tag, 16 octets                    |   of HMAC-SHA256, "finding" 00 device 00 octets 0..47, the whole task
    /// 64 +--------+--------+--------+--------+
    /// </code>
    /// The tag covers the task as the board got it: whoever has the key can tell what it was that the board checked.
    /// </summary>
    public sealed class ProofFinding
    {
        /// <summary>Octets of the record.</summary>
        public const int Length = 64;

        private const int AtCode = 1;
        private const int AtWhere = 2;
        private const int AtReserved = 3;
        private const int AtTime = 4;
        private const int AtId = 8;
        private const int AtTrace = 16;
        private const int AtTag = 48;

        /// <summary>What came out.</summary>
        public FindingCode Code { get; set; }

        /// <summary>The level or header at which a wrong proof ends; 0 for a valid one.</summary>
        public byte Where { get; set; }

        /// <summary>How long it took, in milliseconds.</summary>
        public uint TimeMs { get; set; }

        /// <summary>The task.</summary>
        public ulong Id { get; set; }

        /// <summary>All hashes that were computed, exclusive or: who did not compute them does not know it.</summary>
        public byte[] Trace { get; set; }

        /// <summary>Reads a finding. The tag is a question of its own: <see cref="IsAuthentic"/>.</summary>
        /// <param name="source">Where the octets are.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="count">How many there are; more than a record is invalid.</param>
        /// <param name="finding">The record, or null.</param>
        public static ParseStatus Parse(byte[] source, int offset, int count, out ProofFinding finding)
        {
            finding = null;
            if (count < Length)
            {
                return ParseStatus.NeedMore;
            }

            byte code = source[offset + AtCode];
            if (count > Length || source[offset] != Limits.RecordVersion || source[offset + AtReserved] != 0
                || code == 0 || code > (byte)FindingCode.NoWork)
            {
                return ParseStatus.Invalid;
            }

            byte[] trace = new byte[ProofTask.HashLength];
            Array.Copy(source, offset + AtTrace, trace, 0, trace.Length);
            finding = new ProofFinding
            {
                Code = (FindingCode)code,
                Where = source[offset + AtWhere],
                TimeMs = LittleEndian.ReadUInt32(source, offset + AtTime),
                Id = LittleEndian.ReadUInt64(source, offset + AtId),
                Trace = trace,
            };
            return ParseStatus.Done;
        }

        /// <summary>Whether a record that was parsed was made by somebody who has the device's key, for this device and
        /// this task.</summary>
        /// <param name="record">The finding.</param>
        /// <param name="task">The task's record, whole.</param>
        /// <param name="key">The device's key.</param>
        /// <param name="device">The device's id.</param>
        public static bool IsAuthentic(byte[] record, byte[] task, byte[] key, string device)
        {
            return Mac.AreEqual(Sign(record, 0, task, key, device), 0, record, AtTag, Limits.TagLength);
        }

        /// <summary>Writes and tags the record: <see cref="Length"/> octets.</summary>
        /// <param name="destination">Where to.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="task">The task's record, whole.</param>
        /// <param name="key">The device's key.</param>
        /// <param name="device">The device's id.</param>
        public void Write(byte[] destination, int offset, byte[] task, byte[] key, string device)
        {
            destination[offset] = Limits.RecordVersion;
            destination[offset + AtCode] = (byte)Code;
            destination[offset + AtWhere] = Where;
            destination[offset + AtReserved] = 0;
            LittleEndian.WriteUInt32(destination, offset + AtTime, TimeMs);
            LittleEndian.WriteUInt64(destination, offset + AtId, Id);
            Array.Copy(Trace, 0, destination, offset + AtTrace, Trace.Length);
            byte[] code = Sign(destination, offset, task, key, device);
            Array.Copy(code, 0, destination, offset + AtTag, Limits.TagLength);
        }

        private static byte[] Sign(byte[] record, int offset, byte[] task, byte[] key, string device)
        {
            byte[] covered = new byte[AtTag + task.Length];
            Array.Copy(record, offset, covered, 0, AtTag);
            Array.Copy(task, 0, covered, AtTag, task.Length);
            return Mac.Compute(key, Mac.Finding, device, covered, 0, covered.Length);
        }
    }
}
