namespace MicroFirmware.Gateway.Owner;

/// <summary>The ports that a board is told, known once the gateway has started.</summary>
internal sealed class BoardDoors
{
    /// <summary>Work and MQTT in plain text.</summary>
    public (int Http, int Mqtt) Plain { get; private set; }

    /// <summary>The same over TLS; null where it is not served.</summary>
    public (int Http, int Mqtt)? Tls { get; private set; }

    /// <summary>Stratum; null where it is not served.</summary>
    public int? Stratum { get; private set; }

    /// <summary>Stratum over TLS; null where it is not served.</summary>
    public int? StratumTls { get; private set; }

    /// <summary>Takes the ports of a gateway that has started.</summary>
    public void Open(GatewayHost host)
    {
        Plain = (host.HttpEndPoint.Port, host.MqttEndPoint.Port);
        Tls = host.HttpTlsEndPoint is { } http ? (http.Port, host.MqttTlsEndPoint!.Port) : null;
        (Stratum, StratumTls) = (host.StratumEndPoint?.Port, host.StratumTlsEndPoint?.Port);
    }
}
