namespace MicroFirmware.Protocol
{
    /// <summary>What a board is told to do.</summary>
    public enum CommandCode : byte
    {
        /// <summary>Stop scanning until resumed. Argument 0.</summary>
        Pause = 1,

        /// <summary>Scan again. Argument 0.</summary>
        Resume = 2,

        /// <summary>Make itself seen (blink). Argument: seconds, 1 to 3600.</summary>
        Identify = 3,

        /// <summary>Start anew. Argument 0.</summary>
        Restart = 4,

        /// <summary>Scan for a part of the time only. Argument: percent, 1 to 100.</summary>
        SetDutyPercent = 5,

        /// <summary>Put a gateway before the others. Argument 0; the text is <c>host</c> or
        /// <c>host:http-port:mqtt-port</c>.</summary>
        SetGateway = 6,

        /// <summary>Fetch an update. Argument: the release, or 0 for whatever the gateway has.</summary>
        Update = 7,
    }
}
