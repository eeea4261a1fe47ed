namespace MicroFirmware.Appliance
{
    /// <summary>What an octet has done to the line.</summary>
    internal enum LineStatus : byte
    {
        /// <summary>The line is not complete.</summary>
        None = 0,

        /// <summary>It is.</summary>
        Line = 1,

        /// <summary>It is complete and was too long; it is dropped.</summary>
        TooLong = 2,

        /// <summary>It is complete and held octets that are no text; it is dropped.</summary>
        Noise = 3,
    }
}
