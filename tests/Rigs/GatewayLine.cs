namespace MicroFirmware.Rigs;

/// <summary>What lies between the board and one gateway, with every way to go wrong.</summary>
internal sealed class GatewayLine(string host, VirtualGateway gateway)
{
    public string Host => host;

    public VirtualGateway Gateway => gateway;

    public bool IsHttpUp { get; set; } = true;

    /// <summary>Connections are made but nothing ever comes back.</summary>
    public bool IsHttpSilent { get; set; }

    public bool IsBrokerUp { get; set; } = true;

    /// <summary>The broker takes connections and answers none of them.</summary>
    public bool IsBrokerSilent { get; set; }

    /// <summary>How long the broker thinks before it lets a board in.</summary>
    public int AdmissionMs { get; set; }

    /// <summary>Publishes arrive, and are judged, but no acknowledgement comes back.</summary>
    public bool LosesAcknowledgements { get; set; }

    /// <summary>Changes an HTTP answer on its way.</summary>
    public Func<byte[], byte[]>? Tamper { get; set; }

    /// <summary>Ends every fault.</summary>
    public void Mend()
    {
        IsHttpUp = IsBrokerUp = true;
        IsHttpSilent = IsBrokerSilent = LosesAcknowledgements = false;
        Tamper = null;
    }
}
