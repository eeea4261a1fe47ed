namespace MicroFirmware.Appliance
{
    /// <summary>What is started anew because nothing is hashed.</summary>
    internal enum StallAction : byte
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>The scanner.</summary>
        Scanner = 1,

        /// <summary>The network.</summary>
        Network = 2,

        /// <summary>The board.</summary>
        Board = 3,
    }
}
