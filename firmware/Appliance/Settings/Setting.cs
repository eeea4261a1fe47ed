namespace MicroFirmware.Appliance
{
    /// <summary>One setting: its name, what it may be, and what it is when nobody says.</summary>
    internal sealed class Setting
    {
        internal Setting(string name, SettingKind kind, int least, int most, string unset, string range)
        {
            Name = name;
            Kind = kind;
            Least = least;
            Most = most;
            Default = unset;
            Range = range;
        }

        internal string Name { get; }

        internal SettingKind Kind { get; }

        /// <summary>Least number or length.</summary>
        internal int Least { get; }

        /// <summary>Greatest number or length.</summary>
        internal int Most { get; }

        /// <summary>The value when it is not set; empty where there is none.</summary>
        internal string Default { get; }

        /// <summary>What is allowed, in words.</summary>
        internal string Range { get; }

        /// <summary>Whether the value is never shown.</summary>
        internal bool IsSecret { get; set; }

        /// <summary>Whether a board cannot be without it.</summary>
        internal bool IsRequired { get; set; }
    }
}
