using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Shares;

/// <summary>
/// Whoever sent a share and waits to hear of it. Exactly one of the methods is called, once, on any thread.
/// </summary>
internal interface IShareReceipt
{
    /// <summary>The verdict is durable: acknowledge the share and tell it.</summary>
    void Give(Verdict verdict);

    /// <summary>The share could not be stored and must not be acknowledged, so that it is sent again.</summary>
    void Withhold();
}
