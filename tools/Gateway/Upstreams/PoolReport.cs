namespace MicroFirmware.Gateway.Upstreams;

/// <summary>What there is to know of a pool, since the start.</summary>
/// <param name="Difficulty">What it asks of a share of the next job; 0 before it said so.</param>
/// <param name="ExtranonceSize">Octets of extranonce2 that it leaves.</param>
/// <param name="VersionMask">Version bits that it lets roll, 8 hexadecimal digits; all zero for none.</param>
/// <param name="LatencyMs">Milliseconds that its last answer took; null before the first.</param>
/// <param name="Connections">Connections made.</param>
/// <param name="Accepted">Shares it took.</param>
/// <param name="Rejected">Shares it refused.</param>
/// <param name="Unknown">Shares sent that it never answered.</param>
/// <param name="Lost">Shares that were not sent because their session was over.</param>
public sealed record PoolReport(
    double Difficulty,
    int ExtranonceSize,
    string VersionMask,
    double? LatencyMs,
    long Connections,
    long Accepted,
    long Rejected,
    long Unknown,
    long Lost);
