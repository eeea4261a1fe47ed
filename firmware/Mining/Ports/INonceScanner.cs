namespace MicroFirmware.Mining
{
    /// <summary>
    /// Searches nonces of one header for hashes with a small leading number. Two kinds fit: one that hashes while it is
    /// polled (managed code), and one that runs by itself and is only asked how far it is (a task on another core).
    /// </summary>
    /// <remarks>
    /// A scan: <see cref="Start"/>, then <see cref="Poll"/> until <see cref="ScanStatus.Finished"/>. To leave early:
    /// <see cref="Stop"/>, then <see cref="Poll"/> until <see cref="ScanStatus.Idle"/>, or Finished where the end of
    /// the range was reached first; candidates may still come on the way. No call blocks for longer than its budget.
    /// </remarks>
    public interface INonceScanner
    {
        /// <summary>
        /// What it is, in telemetry's characters, 1 to 32: <c>managed-unrolled</c>, <c>esp32-exact</c>.
        /// </summary>
        string Name { get; }

        /// <summary>
        /// The largest threshold it can search for; a scan with a larger one is a programmer's error.
        /// </summary>
        uint MaxThreshold { get; }

        /// <summary>
        /// How long to wait between polls, in milliseconds; 0 for a scanner that hashes only while it is polled.
        /// </summary>
        int PollIntervalMs { get; }

        /// <summary>Begins a scan. Only when none is under way.</summary>
        /// <param name="header">The 76 octets before the nonce, as they are hashed; the scanner keeps no
        /// reference.</param>
        /// <param name="firstNonce">The first nonce.</param>
        /// <param name="lastNonce">The last nonce, inclusive.</param>
        /// <param name="threshold">
        /// A nonce is a candidate when the top 32 bits of its hash, as a 256-bit number, are not above this.
        /// </param>
        void Start(byte[] header, uint firstNonce, uint lastNonce, uint threshold);

        /// <summary>Hashes on, or asks how far the scan is.</summary>
        /// <param name="budget">How many nonces to hash at most now; a scanner that runs by itself takes no
        /// notice.</param>
        /// <param name="progress">What has happened since the last poll.</param>
        ScanStatus Poll(uint budget, ScanProgress progress);

        /// <summary>Asks the scan to end. Harmless when none is under way.</summary>
        void Stop();

        /// <summary>
        /// A candidate failed its check in plain software: from the next start on, work more slowly and more safely.
        /// </summary>
        /// <returns>False when there is no safer way; the miner then uses another scanner.</returns>
        bool StepDown();
    }
}
