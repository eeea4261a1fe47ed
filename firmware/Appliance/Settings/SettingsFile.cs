namespace MicroFirmware.Appliance
{
    /// <summary>Reads lines of <c>name = value</c>: the owner's file, or what the board has saved.</summary>
    public static class SettingsFile
    {
        /// <summary>Reads the owner's file: a wrong line makes the whole useless.</summary>
        /// <param name="content">The file's octets; null when there is none.</param>
        /// <param name="settings">The settings; null with any fault.</param>
        /// <param name="line">The line of the fault, from 1; 0 where it has none.</param>
        public static SettingsFault Parse(byte[] content, out BoardSettings settings, out int line)
        {
            return Parse(content, false, out settings, out line);
        }

        /// <summary>Reads settings; a lenient reader leaves out what it does not know, whole or not.</summary>
        internal static SettingsFault Parse(byte[] content, bool isLenient, out BoardSettings settings, out int line)
        {
            settings = null;
            line = 0;
            if (content == null || content.Length > BoardSettings.TextMaxLength)
            {
                return content == null ? SettingsFault.NoFile : SettingsFault.TooLong;
            }

            BoardSettings candidate = new BoardSettings();
            bool[] seen = new bool[SettingTable.All.Length];
            string[] lines = Octets.ToText(content, 0, content.Length).Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                SettingsFault fault = ParseLine(lines[i].Trim(), seen, candidate);
                if (fault != SettingsFault.None && !isLenient)
                {
                    line = i + 1;
                    return fault;
                }
            }

            bool isWhole = isLenient || candidate.Complaint == null;
            settings = isWhole ? candidate : null;
            return isWhole ? SettingsFault.None : SettingsFault.Missing;
        }

        private static SettingsFault ParseLine(string line, bool[] seen, BoardSettings settings)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                return SettingsFault.None;
            }

            int equals = line.IndexOf('=');
            if (equals < 1)
            {
                return SettingsFault.NotAPair;
            }

            string name = line.Substring(0, equals).Trim();
            int index = SettingTable.IndexOf(name);
            if (index < 0 || seen[index])
            {
                return index < 0 ? SettingsFault.UnknownName : SettingsFault.Twice;
            }

            seen[index] = true;
            string value = line.Substring(equals + 1).Trim();
            return settings.TrySet(name, value) ? SettingsFault.None : SettingsFault.BadValue;
        }
    }
}
