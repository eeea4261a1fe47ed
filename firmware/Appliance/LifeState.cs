namespace MicroFirmware.Appliance
{
    /// <summary>Where a board stands. <see cref="LifeStates.NameOf"/> gives the word for it.</summary>
    public enum LifeState : byte
    {
        /// <summary>It has just started.</summary>
        Boot = 0,

        /// <summary>It has no settings it could use; the console waits for them.</summary>
        Setup = 1,

        /// <summary>It started in vain too often: console and network only, for a while.</summary>
        Safe = 2,

        /// <summary>It joins its network.</summary>
        Network = 3,

        /// <summary>It asks for the time; not for long.</summary>
        Time = 4,

        /// <summary>It asks a gateway for work.</summary>
        Gateway = 5,

        /// <summary>It mines, or would if nobody had told it to rest.</summary>
        Mining = 6,

        /// <summary>It mines, and something is wrong.</summary>
        Degraded = 7,
    }
}
