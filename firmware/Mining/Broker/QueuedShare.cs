namespace MicroFirmware.Mining
{
    /// <summary>A share that the broker has not acknowledged.</summary>
    internal sealed class QueuedShare
    {
        internal QueuedShare(byte[] record)
        {
            Record = record;
        }

        /// <summary>The share's octets: the same however often it is sent.</summary>
        internal byte[] Record { get; }

        /// <summary>The channel's handle while it is under way; 0 while it is not.</summary>
        internal int Handle { get; set; }
    }
}
