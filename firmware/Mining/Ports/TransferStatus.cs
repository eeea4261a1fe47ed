namespace MicroFirmware.Mining
{
    /// <summary>Where a connection of the work source stands.</summary>
    public enum TransferStatus : byte
    {
        /// <summary>Nothing new.</summary>
        Waiting = 0,

        /// <summary>Octets have arrived; there may be more.</summary>
        Received = 1,

        /// <summary>The other side has closed, and all it sent was taken.</summary>
        Closed = 2,

        /// <summary>Name, connection or transfer failed.</summary>
        Failed = 3,
    }
}
