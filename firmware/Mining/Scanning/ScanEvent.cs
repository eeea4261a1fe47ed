namespace MicroFirmware.Mining
{
    /// <summary>What a scan session reports.</summary>
    internal enum ScanEvent : byte
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>A nonce is worth a look.</summary>
        Candidate = 1,

        /// <summary>Every header of the space was hashed; the session is idle.</summary>
        Exhausted = 2,

        /// <summary>It was asked to halt and has; the space knows where to go on.</summary>
        Halted = 3,

        /// <summary>The scanner failed; the session is idle.</summary>
        Failed = 4,
    }
}
