using MicroFirmware.Protocol;
using MicroFirmware.Slots;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// The numbers that must outlive a restart, in two files written in turn, so that one is whole at any moment.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | magic "MFS1"                      |
    ///  4 +--------+--------+--------+--------+
    ///    | generation: the greater is newer  |
    ///  8 +--------+--------+--------+--------+
    ///    | boot count                        |
    /// 12 +--------+--------+--------+--------+
    ///    | counter of the last command, 8    |
    /// 20 +--------+--------+--------+--------+
    ///    | CRC-32 of octets 0..19            |
    /// 24 +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    internal sealed class BoardState
    {
        internal const string FirstFile = "state-a";
        internal const string SecondFile = "state-b";
        internal const int Length = 24;

        private const uint Magic = 0x3153464d;
        private const int AtGeneration = 4;
        private const int AtBootCount = 8;
        private const int AtCommandCounter = 12;
        private const int AtChecksum = 20;

        private readonly ISettingsStore _store;
        private uint _generation;
        private bool _isDamaged;

        internal BoardState(ISettingsStore store)
        {
            _store = store;
            Load(FirstFile);
            Load(SecondFile);
        }

        /// <summary>
        /// Whether the numbers are certainly the last ones: something was stored, and none of it is damaged.
        /// </summary>
        internal bool IsIntact
        {
            get { return _generation != 0 && !_isDamaged; }
        }

        /// <summary>How often the board has started; 0 when nothing is stored.</summary>
        internal uint BootCount { get; private set; }

        /// <summary>The counter of the last command obeyed.</summary>
        internal ulong CommandCounter { get; private set; }

        /// <summary>Stores a boot count. It holds for this run even when that fails.</summary>
        internal bool SetBootCount(uint bootCount)
        {
            BootCount = bootCount;
            return Save();
        }

        /// <summary>Stores a command's counter. It holds for this run even when that fails.</summary>
        internal bool SetCommandCounter(ulong counter)
        {
            CommandCounter = counter;
            return Save();
        }

        private bool Save()
        {
            _generation++;
            byte[] content = new byte[Length];
            LittleEndian.WriteUInt32(content, 0, Magic);
            LittleEndian.WriteUInt32(content, AtGeneration, _generation);
            LittleEndian.WriteUInt32(content, AtBootCount, BootCount);
            LittleEndian.WriteUInt64(content, AtCommandCounter, CommandCounter);
            LittleEndian.WriteUInt32(content, AtChecksum, Crc32.Of(content, AtChecksum));
            return _store.Write((_generation & 1) == 0 ? FirstFile : SecondFile, content);
        }

        private void Load(string file)
        {
            byte[] content = _store.Read(file);
            if (content == null)
            {
                return;
            }

            if (content.Length != Length || LittleEndian.ReadUInt32(content, 0) != Magic
                || LittleEndian.ReadUInt32(content, AtChecksum) != Crc32.Of(content, AtChecksum))
            {
                _isDamaged = true;
                return;
            }

            uint generation = LittleEndian.ReadUInt32(content, AtGeneration);
            if (generation > _generation)
            {
                _generation = generation;
                BootCount = LittleEndian.ReadUInt32(content, AtBootCount);
                CommandCounter = LittleEndian.ReadUInt64(content, AtCommandCounter);
            }
        }
    }
}
