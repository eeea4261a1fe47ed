namespace MicroFirmware.Mining
{
    /// <summary>What a miner is doing. <see cref="MinerStates.NameOf"/> gives the word that telemetry uses.</summary>
    public enum MinerState : byte
    {
        /// <summary>The scanner is proving itself on known headers.</summary>
        SelfTest = 0,

        /// <summary>There is no work; it is being asked for.</summary>
        Fetching = 1,

        /// <summary>There is no work; the next request waits for its time.</summary>
        Waiting = 2,

        /// <summary>Headers are hashed.</summary>
        Mining = 3,

        /// <summary>There is work, but a command stopped the scan.</summary>
        Paused = 4,

        /// <summary>Options, counters or scanners cannot be used; the console says which.</summary>
        Broken = 5,
    }
}
