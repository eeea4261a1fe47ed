namespace MicroFirmware.Appliance
{
    /// <summary>What is wrong with a settings file.</summary>
    public enum SettingsFault : byte
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>There is no file.</summary>
        NoFile = 1,

        /// <summary>The file is longer than a settings file can be.</summary>
        TooLong = 2,

        /// <summary>A line is neither empty, nor a comment, nor <c>name = value</c>.</summary>
        NotAPair = 3,

        /// <summary>The name is not one of a setting.</summary>
        UnknownName = 4,

        /// <summary>The name was given before.</summary>
        Twice = 5,

        /// <summary>The value is not in the setting's range.</summary>
        BadValue = 6,

        /// <summary>Something that is required, or that another setting requires, is not there.</summary>
        Missing = 7,
    }
}
