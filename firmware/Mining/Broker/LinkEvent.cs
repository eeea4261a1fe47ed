namespace MicroFirmware.Mining
{
    /// <summary>What the link to the broker reports to the miner.</summary>
    internal enum LinkEvent : byte
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>It is open; what was published before is not known.</summary>
        Opened = 1,

        /// <summary>It is lost, or could not be opened.</summary>
        Closed = 2,

        /// <summary>A message came.</summary>
        Message = 3,

        /// <summary>The broker has a share.</summary>
        ShareAcknowledged = 4,
    }
}
