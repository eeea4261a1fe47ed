namespace MicroFirmware.Gateway.Stratum;

/// <summary>The Stratum server in figures, since the gateway started.</summary>
/// <param name="Connections">Open now.</param>
/// <param name="Miners">Of those, subscribed and authorised.</param>
/// <param name="Accepted">Connections let in.</param>
/// <param name="Refused">Connections not let in: too many, too fast, or banned.</param>
/// <param name="ClosedForCause">Connections closed for what their miner did.</param>
/// <param name="Shares">Shares that came.</param>
public sealed record StratumStatistics(
    int Connections, int Miners, long Accepted, long Refused, long ClosedForCause, long Shares);
