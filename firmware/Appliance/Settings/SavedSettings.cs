using MicroFirmware.Mining;
using MicroFirmware.Protocol;
using MicroFirmware.Slots;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// The settings on the drive, in two files of which the older is written. Power that is lost at any octet leaves
    /// what was there before, or what was to be written.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | magic "MFC2"                      |
    ///  4 +--------+--------+--------+--------+
    ///    | format version  | text's length   |   version 2; a greater one may only add settings
    ///  8 +--------+--------+--------+--------+
    ///    | generation                        |   the greater is the newer
    /// 12 +--------+--------+--------+--------+
    ///    | CRC-32 of the imported file       |   0 = none
    /// 16 +--------+--------+--------+--------+
    ///    | text, n octets                    |   lines of name = value
    /// 16+n -----+--------+--------+--------+
    ///    | CRC-32 of all before              |
    /// 20+n -----+--------+--------+--------+
    /// </code>
    /// </summary>
    internal sealed class SavedSettings
    {
        internal const string FirstFile = "settings-a";
        internal const string SecondFile = "settings-b";
        internal const ushort FormatVersion = 2;

        private const uint Magic = 0x3243464d;
        private const int AtVersion = 4;
        private const int AtLength = 6;
        private const int AtGeneration = 8;
        private const int AtImported = 12;
        private const int AtText = 16;
        private const int CrcLength = 4;

        private readonly ISettingsStore _store;
        private uint _generation;
        private uint _imported;

        internal SavedSettings(ISettingsStore store)
        {
            _store = store;
            Current = new BoardSettings();
            Load(FirstFile);
            Load(SecondFile);
            Import();
        }

        /// <summary>What is in force; not necessarily whole.</summary>
        internal BoardSettings Current { get; private set; }

        /// <summary>What is wrong with the owner's file, when it is new.</summary>
        internal SettingsFault ImportFault { get; private set; }

        /// <summary>The line of it, from 1.</summary>
        internal int ImportLine { get; private set; }

        /// <summary>Saves settings and makes them the current ones.</summary>
        /// <returns>False when they could not be written and read back; the current ones are as before.</returns>
        internal bool Save(BoardSettings settings)
        {
            byte[] text = Octets.OfText(settings.ToText());
            if (text.Length > BoardSettings.TextMaxLength || !Write(text))
            {
                return false;
            }

            Current = settings.Copy();
            return true;
        }

        /// <summary>Forgets everything, the owner's file and the older copy too.</summary>
        internal bool Erase()
        {
            _imported = 0;
            bool isErased = _store.Write(BoardSettings.FileName, new byte[0]) && Write(new byte[0])
                && Write(new byte[0]);
            Current = isErased ? new BoardSettings() : Current;
            return isErased;
        }

        private bool Write(byte[] text)
        {
            byte[] content = new byte[AtText + text.Length + CrcLength];
            LittleEndian.WriteUInt32(content, 0, Magic);
            LittleEndian.WriteUInt16(content, AtVersion, FormatVersion);
            LittleEndian.WriteUInt16(content, AtLength, (ushort)text.Length);
            LittleEndian.WriteUInt32(content, AtGeneration, _generation + 1);
            LittleEndian.WriteUInt32(content, AtImported, _imported);
            System.Array.Copy(text, 0, content, AtText, text.Length);
            int end = AtText + text.Length;
            LittleEndian.WriteUInt32(content, end, Crc32.Of(content, end));

            string file = (_generation & 1) != 0 ? FirstFile : SecondFile;
            if (!_store.Write(file, content) || !Octets.AreEqual(_store.Read(file), content))
            {
                return false;
            }

            _generation++;
            return true;
        }

        private void Load(string file)
        {
            byte[] content = _store.Read(file);
            if (content == null || content.Length < AtText + CrcLength || LittleEndian.ReadUInt32(content, 0) != Magic)
            {
                return;
            }

            int length = LittleEndian.ReadUInt16(content, AtLength);
            uint generation = LittleEndian.ReadUInt32(content, AtGeneration);
            int end = AtText + length;
            if (content.Length != end + CrcLength || generation <= _generation
                || LittleEndian.ReadUInt32(content, end) != Crc32.Of(content, end)
                || LittleEndian.ReadUInt16(content, AtVersion) < FormatVersion)
            {
                return;
            }

            byte[] text = new byte[length];
            System.Array.Copy(content, AtText, text, 0, length);
            BoardSettings settings;
            int line;
            if (SettingsFile.Parse(text, true, out settings, out line) == SettingsFault.None)
            {
                _generation = generation;
                _imported = LittleEndian.ReadUInt32(content, AtImported);
                Current = settings;
            }
        }

        private void Import()
        {
            byte[] file = _store.Read(BoardSettings.FileName);
            if (file == null || file.Length == 0 || Crc32.Of(file, file.Length) == _imported)
            {
                return;
            }

            BoardSettings settings;
            int line;
            ImportFault = SettingsFile.Parse(file, false, out settings, out line);
            ImportLine = line;
            if (ImportFault != SettingsFault.None)
            {
                return;
            }

            // A drive that cannot be written does not keep the owner's file from being used.
            uint before = _imported;
            _imported = Crc32.Of(file, file.Length);
            if (!Save(settings))
            {
                _imported = before;
                Current = settings;
            }
        }
    }
}
