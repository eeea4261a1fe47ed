namespace MicroFirmware.Appliance
{
    /// <summary>What the value of a setting is.</summary>
    internal enum SettingKind : byte
    {
        /// <summary>Octets; least and most are its length.</summary>
        Text = 0,

        /// <summary>A decimal number between least and most.</summary>
        Number = 1,

        /// <summary><c>on</c> or <c>off</c>.</summary>
        Switch = 2,

        /// <summary>A device id.</summary>
        DeviceId = 3,

        /// <summary>A host name or address.</summary>
        Host = 4,

        /// <summary><c>host</c> or <c>host:http:mqtt</c>.</summary>
        Gateway = 5,

        /// <summary>Lower-case hexadecimal digits; least and most are their number.</summary>
        Hex = 6,

        /// <summary>Base64; most is the number of characters.</summary>
        Base64 = 7,

        /// <summary><c>off</c> or <c>HH:MM-HH:MM</c>.</summary>
        Hours = 8,
    }
}
