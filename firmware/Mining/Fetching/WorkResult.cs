namespace MicroFirmware.Mining
{
    /// <summary>How a work request ended.</summary>
    internal enum WorkResult : byte
    {
        /// <summary>It has not ended, or none is under way.</summary>
        None = 0,

        /// <summary>There is new work.</summary>
        Work = 1,

        /// <summary>Authentic work that repeats headers given before.</summary>
        Repeated = 2,

        /// <summary>A record that is malformed, forged or answers another request.</summary>
        Forged = 3,

        /// <summary>The gateway said no, and when to ask again.</summary>
        Refused = 4,

        /// <summary>The counter was behind; it was raised.</summary>
        CounterRaised = 5,

        /// <summary>No connection, no answer in time, or one that is not understood.</summary>
        Failed = 6,
    }
}
