using System.Runtime.InteropServices;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Broker;

/// <summary>
/// The in-process end of <c>micro/1/&lt;device&gt;/share</c>: no subscription stands between broker and shares.
/// </summary>
internal sealed class ShareInlet(ShareRoom shares) : IPublishHandler
{
    /// <summary>Every board's shares.</summary>
    public static string Filter { get; } = Topics.Share("+");

    /// <inheritdoc/>
    public void Handle(InboundPublish publish)
    {
        BoardLink link = (BoardLink)publish.Session.Identity!;
        ArraySegment<byte> octets = MemoryMarshal.TryGetArray(publish.Payload, out ArraySegment<byte> array)
            ? array
            : publish.Payload.ToArray();
        shares.Take(link.Device, octets, new Receipt(publish, link));
    }

    /// <summary>PUBACK and verdict leave together; verdicts go to the one connection that sent the share.</summary>
    private sealed class Receipt(InboundPublish publish, BoardLink link) : IShareReceipt
    {
        public void Give(Verdict verdict)
        {
            byte[] octets = new byte[Verdict.Length];
            verdict.Write(octets, 0);
            BrokerSession session = publish.Session;
            publish.Acknowledge();
            session.TryPublish(link.Verdict, octets, QualityOfService.AtLeastOnce);
        }

        public void Withhold() => publish.Fail();
    }
}
