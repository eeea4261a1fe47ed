namespace MicroFirmware.Mining
{
    /// <summary>Why a board has started. <see cref="ResetReasons.NameOf"/> gives the word for it.</summary>
    public enum ResetReason : byte
    {
        /// <summary>There was no such start.</summary>
        None = 0,

        /// <summary>Nothing was announced: power came back, the watchdog bit, or the firmware crashed.</summary>
        Power = 1,

        /// <summary>Typed on the console.</summary>
        Console = 2,

        /// <summary>A remote command.</summary>
        Command = 3,

        /// <summary>Nothing was hashed for too long.</summary>
        Stall = 4,

        /// <summary>An update was fetched.</summary>
        Update = 5,

        /// <summary>An update did not come to mine.</summary>
        Trial = 6,

        /// <summary>The rest in safe mode is over.</summary>
        Safe = 7,

        /// <summary>Settings were erased or changed.</summary>
        Settings = 8,
    }
}
