namespace MicroFirmware.Gateway.Boards;

/// <summary>How a new board or miner reaches this gateway.</summary>
/// <param name="Host">Name or address, as the network knows this machine.</param>
/// <param name="HttpPort">Where boards fetch work and enrol.</param>
/// <param name="IsPlain">Whether that is in plain text.</param>
/// <param name="StratumPort">Where Stratum is served in plain text; null where it is not.</param>
/// <param name="StratumTlsPort">Where it is served over TLS; null where it is not.</param>
/// <param name="IsThisMachineOnly">Whether boards elsewhere cannot reach it: it listens on loopback.</param>
/// <param name="IsStratumThisMachineOnly">The same of Stratum.</param>
/// <param name="Pin">The fingerprint of the gateway's authority, as join codes carry it.</param>
public sealed record WayIn(
    string Host,
    int HttpPort,
    bool IsPlain,
    int? StratumPort,
    int? StratumTlsPort,
    bool IsThisMachineOnly,
    bool IsStratumThisMachineOnly,
    string Pin)
{
    /// <summary>As <c>micro configure --gateway</c> takes it.</summary>
    public string Gateway => $"{Host}:{HttpPort}" + (IsPlain ? " --plain" : "");
}
