using MicroFirmware.Protocol;
using MicroFirmware.Slots;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// The numbers that must outlive a restart, in two files written in turn, so that one is whole at any moment.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | magic "MFS2"                      |   "MFS1": as here up to the command counter, then the CRC
    ///  4 +--------+--------+--------+--------+
    ///    | generation: the greater is newer  |
    ///  8 +--------+--------+--------+--------+
    ///    | boot count                        |
    /// 12 +--------+--------+--------+--------+
    ///    | counter of the last command, 8    |
    /// 20 +--------+--------+--------+--------+
    ///    | starts | reason | 0               |   in a row that never mined; why the board restarts, 0 = not said
    /// 24 +--------+--------+--------+--------+
    ///    | reasons of the last eight starts  |   newest first
    /// 32 +--------+--------+--------+--------+
    ///    | CRC-32 of octets 0..31            |
    /// 36 +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    internal sealed class BoardState
    {
        internal const string FirstFile = "state-a";
        internal const string SecondFile = "state-b";
        internal const int Length = 36;
        internal const int ReasonCount = 8;

        private const uint Magic = 0x3253464d;
        private const uint FirstMagic = 0x3153464d;
        private const int FirstLength = 24;
        private const int AtGeneration = 4;
        private const int AtBootCount = 8;
        private const int AtCommandCounter = 12;
        private const int AtStarts = 20;
        private const int AtReason = 21;
        private const int AtReasons = 24;
        private const int CrcLength = 4;

        private readonly ISettingsStore _store;
        private readonly byte[] _reasons = new byte[ReasonCount];
        private uint _generation;
        private bool _isDamaged;
        private byte _reason;

        internal BoardState(ISettingsStore store)
        {
            _store = store;
            Load(FirstFile);
            Load(SecondFile);
            IsIntact = _generation != 0 && !_isDamaged;
        }

        /// <summary>
        /// Whether the numbers were certainly the last ones: something was stored, and none of it was damaged.
        /// </summary>
        internal bool IsIntact { get; }

        /// <summary>How often the board has started; 0 when nothing is stored.</summary>
        internal uint BootCount { get; private set; }

        /// <summary>The counter of the last command obeyed.</summary>
        internal ulong CommandCounter { get; private set; }

        /// <summary>Starts in a row that nobody asked for and that never came to mine.</summary>
        internal int StartsInVain { get; private set; }

        /// <summary>The reason of a start; 0 is this one.</summary>
        internal ResetReason ReasonAt(int age)
        {
            return (ResetReason)_reasons[age];
        }

        /// <summary>Stores a boot count. It holds for this run even when that fails.</summary>
        internal bool SetBootCount(uint bootCount)
        {
            BootCount = bootCount;
            return Save();
        }

        /// <summary>Stores the counter of a command.</summary>
        internal bool SetCommandCounter(ulong counter)
        {
            CommandCounter = counter;
            return Save();
        }

        /// <summary>The board has started: keeps the reason that was announced, or that there was none.</summary>
        internal bool BeginStart()
        {
            for (int i = ReasonCount - 1; i > 0; i--)
            {
                _reasons[i] = _reasons[i - 1];
            }

            ResetReason reason = _reason == 0 ? ResetReason.Power : (ResetReason)_reason;
            bool isWanted = reason == ResetReason.Console || reason == ResetReason.Command
                || reason == ResetReason.Settings || reason == ResetReason.Update;
            _reasons[0] = (byte)reason;
            _reason = 0;
            StartsInVain += isWanted || StartsInVain == byte.MaxValue ? 0 : 1;
            return Save();
        }

        /// <summary>The board will restart.</summary>
        internal bool Announce(ResetReason reason)
        {
            _reason = (byte)reason;
            return Save();
        }

        /// <summary>The start was not in vain, or another chance is given.</summary>
        internal bool SetStartsInVain(int starts)
        {
            StartsInVain = starts;
            return Save();
        }

        // After a failure the same file is written again: the other one may be the only one that is whole.
        private bool Save()
        {
            byte[] content = new byte[Length];
            int end = Length - CrcLength;
            LittleEndian.WriteUInt32(content, 0, Magic);
            LittleEndian.WriteUInt32(content, AtGeneration, _generation + 1);
            LittleEndian.WriteUInt32(content, AtBootCount, BootCount);
            LittleEndian.WriteUInt64(content, AtCommandCounter, CommandCounter);
            content[AtStarts] = (byte)StartsInVain;
            content[AtReason] = _reason;
            System.Array.Copy(_reasons, 0, content, AtReasons, ReasonCount);
            LittleEndian.WriteUInt32(content, end, Crc32.Of(content, end));
            if (!_store.Write((_generation & 1) != 0 ? FirstFile : SecondFile, content))
            {
                return false;
            }

            _generation++;
            return true;
        }

        private void Load(string file)
        {
            byte[] content = _store.Read(file);
            if (content == null)
            {
                return;
            }

            bool isFirst = content.Length == FirstLength && LittleEndian.ReadUInt32(content, 0) == FirstMagic;
            int end = content.Length - CrcLength;
            if ((!isFirst && (content.Length != Length || LittleEndian.ReadUInt32(content, 0) != Magic))
                || LittleEndian.ReadUInt32(content, end) != Crc32.Of(content, end))
            {
                _isDamaged = true;
                return;
            }

            uint generation = LittleEndian.ReadUInt32(content, AtGeneration);
            if (generation <= _generation)
            {
                return;
            }

            _generation = generation;
            BootCount = LittleEndian.ReadUInt32(content, AtBootCount);
            CommandCounter = LittleEndian.ReadUInt64(content, AtCommandCounter);
            StartsInVain = isFirst ? 0 : content[AtStarts];
            _reason = isFirst ? (byte)0 : content[AtReason];
            System.Array.Clear(_reasons, 0, ReasonCount);
            System.Array.Copy(content, isFirst ? 0 : AtReasons, _reasons, 0, isFirst ? 0 : ReasonCount);
        }
    }
}
