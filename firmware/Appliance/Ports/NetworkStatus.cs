namespace MicroFirmware.Appliance
{
    /// <summary>Where the board stands with its network.</summary>
    public enum NetworkStatus : byte
    {
        /// <summary>Not joined, and nothing is done about it.</summary>
        Down = 0,

        /// <summary>It is being joined.</summary>
        Joining = 1,

        /// <summary>Joined, with an address.</summary>
        Joined = 2,
    }
}
