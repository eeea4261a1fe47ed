namespace MicroFirmware.Protocol
{
    /// <summary>
    /// An order to one board, sent to <c>micro/1/&lt;device&gt;/command</c>.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | version| code   | text's length n |
    ///  4 +--------+--------+--------+--------+
    ///    | argument                          |
    ///  8 +--------+--------+--------+--------+
    ///    | counter, 8 octets                 |
    /// 16 +--------+--------+--------+--------+
    ///    | text, n octets, ASCII             |   none but with SetGateway
    /// 16+n -----+--------+--------+--------+
    ///    | tag, 16 octets                    |   of HMAC-SHA256, "command" 00 device 00 octets 0..15+n
    /// 32+n -----+--------+--------+--------+
    /// </code>
    /// </summary>
    public sealed class Command
    {
        /// <summary>Octets of a record without text.</summary>
        public const int Length = 32;

        /// <summary>Longest text: a host and two ports.</summary>
        public const int TextMaxLength = 280;

        /// <summary>Longest time a board identifies itself, in seconds.</summary>
        public const uint IdentifyMaxSeconds = 3600;

        private const int AtCode = 1;
        private const int AtTextLength = 2;
        private const int AtArgument = 4;
        private const int AtCounter = 8;
        private const int AtText = 16;

        /// <summary>What to do.</summary>
        public CommandCode Code { get; set; }

        /// <summary>The code's argument; 0 where it has none.</summary>
        public uint Argument { get; set; }

        /// <summary>
        /// Grows with every command to this device, over the gateway's restarts too; a board obeys none that is not
        /// greater than the last.
        /// </summary>
        public ulong Counter { get; set; }

        /// <summary>The code's text; empty where it has none.</summary>
        public string Text { get; set; } = "";

        /// <summary>Octets of the record.</summary>
        public int RecordLength
        {
            get { return Length + Text.Length; }
        }

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

            int textLength = LittleEndian.ReadUInt16(source, offset + AtTextLength);
            CommandCode code = (CommandCode)source[offset + AtCode];
            if (textLength > TextMaxLength || count > Length + textLength
                || (textLength != 0) != (code == CommandCode.SetGateway) || source[offset] != Limits.RecordVersion)
            {
                return ParseStatus.Invalid;
            }

            if (count < Length + textLength)
            {
                return ParseStatus.NeedMore;
            }

            uint argument = LittleEndian.ReadUInt32(source, offset + AtArgument);
            string text = Ascii.GetString(source, offset + AtText, textLength);
            if (!IsWellFormed(code, argument))
            {
                return ParseStatus.Invalid;
            }

            ulong counter = LittleEndian.ReadUInt64(source, offset + AtCounter);
            command = new Command { Code = code, Argument = argument, Counter = counter, Text = text };
            return ParseStatus.Done;
        }

        /// <summary>Whether a record that was parsed was made by somebody who has the device's key, for this device.
        /// </summary>
        public static bool IsAuthentic(byte[] source, int offset, byte[] key, string device)
        {
            int covered = AtText + LittleEndian.ReadUInt16(source, offset + AtTextLength);
            return source.Length - offset >= covered + Limits.TagLength
                && Mac.IsSealed(source, offset, covered, Limits.TagLength, key, Mac.Command, device);
        }

        /// <summary>Writes and tags the record: <see cref="RecordLength"/> octets.</summary>
        public void Write(byte[] destination, int offset, byte[] key, string device)
        {
            destination[offset] = Limits.RecordVersion;
            destination[offset + AtCode] = (byte)Code;
            LittleEndian.WriteUInt16(destination, offset + AtTextLength, (ushort)Text.Length);
            LittleEndian.WriteUInt32(destination, offset + AtArgument, Argument);
            LittleEndian.WriteUInt64(destination, offset + AtCounter, Counter);
            Ascii.Write(destination, offset + AtText, Text);
            Mac.Seal(destination, offset, AtText + Text.Length, Limits.TagLength, key, Mac.Command, device);
        }

        private static bool IsWellFormed(CommandCode code, uint argument)
        {
            switch (code)
            {
                case CommandCode.Pause:
                case CommandCode.Resume:
                case CommandCode.Restart:
                case CommandCode.SetGateway:
                    return argument == 0;
                case CommandCode.Update:
                    return true;
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
