namespace MicroFirmware.Mining
{
    /// <summary>Where a scan stands.</summary>
    public enum ScanStatus : byte
    {
        /// <summary>None is under way: none was begun, or it was stopped.</summary>
        Idle = 0,

        /// <summary>It goes on.</summary>
        Running = 1,

        /// <summary>It goes on, and <see cref="ScanProgress.Nonce"/> is a candidate.</summary>
        Candidate = 2,

        /// <summary>Every nonce of the range was hashed and every candidate reported.</summary>
        Finished = 3,

        /// <summary>The scanner does not work; nothing of the range may be relied on.</summary>
        Failed = 4,
    }
}
