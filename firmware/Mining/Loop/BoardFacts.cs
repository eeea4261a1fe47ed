using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>What whoever stands above the miner adds to its telemetry; what is not known stays as it is
    /// here.</summary>
    internal sealed class BoardFacts
    {
        /// <summary>The board's state; null for the miner's own.</summary>
        internal string State { get; set; }

        /// <summary>Why it is not simply mining.</summary>
        internal string Cause { get; set; }

        /// <summary>Why the board last started.</summary>
        internal string Reset { get; set; }

        /// <summary>How often the board has started.</summary>
        internal long Boots { get; set; } = Telemetry.Unknown;

        /// <summary>The release of the image in use.</summary>
        internal long Release { get; set; } = Telemetry.Unknown;

        /// <summary>Shares that wait for other gateways' brokers.</summary>
        internal int WaitingElsewhere { get; set; }
    }
}
