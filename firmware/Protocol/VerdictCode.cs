namespace MicroFirmware.Protocol
{
    /// <summary>What became of a share. The numbers are on the wire and in the gateway's store.</summary>
    public enum VerdictCode : byte
    {
        /// <summary>It was credited.</summary>
        Accepted = 0,

        /// <summary>It was credited, and it solves the block.</summary>
        BlockFound = 1,

        /// <summary>The gateway does not know the job.</summary>
        UnknownJob = 2,

        /// <summary>The job is over.</summary>
        Stale = 3,

        /// <summary>The same header was credited before.</summary>
        Duplicate = 4,

        /// <summary>The hash is above the share target.</summary>
        LowDifficulty = 5,

        /// <summary>The lane is not the device's, or the nonce is outside it.</summary>
        OutOfLane = 6,

        /// <summary>ntime is earlier than the work's or was rolled too far.</summary>
        BadNTime = 7,

        /// <summary>Version bits differ that were not the device's to roll.</summary>
        BadVersionBits = 8,

        /// <summary>The tag is not one that the device's key gives.</summary>
        BadTag = 9,

        /// <summary>The octets are not a share; sequence, job and nonce in the verdict are 0.</summary>
        Malformed = 10,
    }
}
