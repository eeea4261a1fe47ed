using MicroFirmware.Lightning.Backends;

namespace MicroFirmware.Lightning.Tests.Backends.Replay;

/// <summary>Backends by the names of the files with their exchanges.</summary>
internal static class TestNodes
{
    public static ILightningNode Open(string node, Uri url, HttpMessageHandler handler)
    {
        NodeAccess access = new(url, TestPayment.Secret);
        return node switch
        {
            "lnd" => new LndBackend(access, handler),
            "corelightning" => new CoreLightningBackend(access, handler),
            "lnbits" => new LnbitsBackend(access, handler),
            _ => new PhoenixdBackend(access, handler),
        };
    }
}
