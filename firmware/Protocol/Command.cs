namespace MicroFirmware.Protocol
{
    /// <summary>
    /// An order to one board, sent to <c>micro/1/&lt;device&gt;/command</c>.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | version| code   | 0               |
    ///  4 +--------+--------+--------+--------+
    ///    | argument                          |
    ///  8 +--------+--------+--------+--------+
    ///    | counter, 8 octets                 |
    /// 16 +--------+--------+--------+--------+
    ///    | tag, 16 octets                    |   of HMAC-SHA256, "command" 00 device 00 octets 0..15
    /// 32 +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    public sealed class Command
    {
        /// <summary>Octets of the record.</summary>
        public const int Length = 32;

        /// <summary>Longest time a board identifies itself, in seconds.</summary>
        public const uint IdentifyMaxSeconds = 3600;

        private const int AtCode = 1;
        private const int AtReserved = 2;
        private const int AtArgument = 4;
        private const int AtCounter = 8;
        private const int AtTag = 16;

        /// <summary>What to do.</summary>
        public CommandCode Code { get; set; }

        /// <summary>The code's argument; 0 where it has none.</summary>
        public uint Argument { get; set; }

        /// <summary>
        /// Grows with every command to this device, over the gateway's restarts too; a board obeys none that is not
        /// greater than the last.
        /// </summary>
        public ulong Counter { get; set; }

        /// <summary>Reads a command. The tag is a question of its own: <see cref="IsAuthentic"/>.</summary>
        /// <param name="source">Where the octets are.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="count">How many there are; more than a record is invalid.</param>
        /// <param name="command">The record, or null.</param>
        public static ParseStatus Parse(byte[] source, int offset, int count, out Command command)
        {
            command = null;
            if (count < Length)
            {
                return ParseStatus.NeedMore;
            }

            if (count > Length || source[offset] != Limits.RecordVersion
                || LittleEndian.ReadUInt16(source, offset + AtReserved) != 0)
            {
                return ParseStatus.Invalid;
            }

            CommandCode code = (CommandCode)source[offset + AtCode];
            uint argument = LittleEndian.ReadUInt32(source, offset + AtArgument);
            if (!IsWellFormed(code, argument))
            {
                return ParseStatus.Invalid;
            }

            ulong counter = LittleEndian.ReadUInt64(source, offset + AtCounter);
            command = new Command { Code = code, Argument = argument, Counter = counter };
            return ParseStatus.Done;
        }

        /// <summary>Whether a whole record was made by somebody who has the device's key, for this device.</summary>
        public static bool IsAuthentic(byte[] source, int offset, byte[] key, string device)
        {
            return Mac.IsSealed(source, offset, AtTag, Limits.TagLength, key, Mac.Command, device);
        }

        /// <summary>Writes and tags the record: <see cref="Length"/> octets.</summary>
        public void Write(byte[] destination, int offset, byte[] key, string device)
        {
            destination[offset] = Limits.RecordVersion;
            destination[offset + AtCode] = (byte)Code;
            LittleEndian.WriteUInt16(destination, offset + AtReserved, 0);
            LittleEndian.WriteUInt32(destination, offset + AtArgument, Argument);
            LittleEndian.WriteUInt64(destination, offset + AtCounter, Counter);
            Mac.Seal(destination, offset, AtTag, Limits.TagLength, key, Mac.Command, device);
        }

        private static bool IsWellFormed(CommandCode code, uint argument)
        {
            switch (code)
            {
                case CommandCode.Pause:
                case CommandCode.Resume:
                case CommandCode.Restart:
                    return argument == 0;
                case CommandCode.Identify:
                    return argument >= 1 && argument <= IdentifyMaxSeconds;
                case CommandCode.SetDutyPercent:
                    return argument >= 1 && argument <= 100;
                default:
                    return false;
            }
        }
    }
}
