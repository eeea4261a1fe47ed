namespace MicroFirmware.Lightning.Backends;

/// <summary>The nodes that can be spoken with.</summary>
public enum LightningNodeKind
{
    /// <summary>Electrum's daemon, by JSON-RPC.</summary>
    Electrum,

    /// <summary>LND, by REST.</summary>
    Lnd,

    /// <summary>Core Lightning, by clnrest.</summary>
    CoreLightning,

    /// <summary>A wallet of LNbits.</summary>
    Lnbits,

    /// <summary>ACINQ's phoenixd.</summary>
    Phoenixd,
}
