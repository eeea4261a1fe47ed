namespace MicroFirmware.Protocol
{
    /// <summary>The topics of the protocol.</summary>
    public enum TopicKind : byte
    {
        /// <summary>Not one of the protocol's.</summary>
        Unknown = 0,

        /// <summary><c>micro/1/job</c>: the gateway's job notice to all boards.</summary>
        Job = 1,

        /// <summary><c>micro/1/&lt;device&gt;/share</c>: from the board.</summary>
        Share = 2,

        /// <summary><c>micro/1/&lt;device&gt;/telemetry</c>: from the board.</summary>
        Telemetry = 3,

        /// <summary><c>micro/1/&lt;device&gt;/status</c>: from the board, retained, and its last will.</summary>
        Status = 4,

        /// <summary><c>micro/1/&lt;device&gt;/command</c>: to the board.</summary>
        Command = 5,

        /// <summary><c>micro/1/&lt;device&gt;/verdict</c>: to the board.</summary>
        Verdict = 6,

        /// <summary><c>micro/1/&lt;device&gt;/proof</c>: to the board.</summary>
        Proof = 7,

        /// <summary><c>micro/1/&lt;device&gt;/finding</c>: from the board.</summary>
        Finding = 8,
    }
}
