using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Broker;

/// <summary>The in-process end of <c>micro/1/&lt;device&gt;/finding</c>.</summary>
internal sealed class ProofInlet(ProofDesk desk) : IPublishHandler
{
    /// <summary>Every board's findings.</summary>
    public static string Filter { get; } = Topics.Finding("+");

    /// <inheritdoc/>
    public void Handle(InboundPublish publish)
    {
        if (publish.Session.Identity is BoardLink link && publish.Payload.Length == ProofFinding.Length)
        {
            desk.Take(link.Device, publish.Payload.ToArray());
        }

        publish.Acknowledge();
    }
}
