namespace MicroFirmware.Gateway.Configuration;

/// <summary>What an upstream is.</summary>
internal enum UpstreamKind
{
    /// <summary>The gateway's own chain.</summary>
    Embedded,

    /// <summary>A Bitcoin node.</summary>
    Node,

    /// <summary>A Stratum pool.</summary>
    Pool,
}
