namespace MicroFirmware.Mining
{
    /// <summary>What a poll of a scan reports; one object is used again and again.</summary>
    public sealed class ScanProgress
    {
        /// <summary>Nonces hashed since the poll before.</summary>
        public uint Hashes { get; set; }

        /// <summary>The candidate, with <see cref="ScanStatus.Candidate"/>.</summary>
        public uint Nonce { get; set; }

        /// <summary>
        /// With <see cref="ScanStatus.Idle"/> after a stop: the first nonce that was not hashed, from which a later
        /// scan goes on.
        /// </summary>
        public uint NextNonce { get; set; }
    }
}
