using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Shares;

/// <summary>Octets that came as a share and are none: malformed, or not tagged with the device's key.</summary>
/// <param name="Device">Whose connection they came by.</param>
/// <param name="Code">Malformed or BadTag.</param>
/// <param name="Receipt">Who waits for the verdict.</param>
internal sealed record RefusedMessage(Device Device, VerdictCode Code, IShareReceipt Receipt)
{
    /// <summary>The count is durable.</summary>
    public void Settle()
    {
        lock (Device)
        {
            Device.Totals.Invalid++;
            Device.Activity?.Count(Code);
        }

        Receipt.Give(new Verdict { Code = Code });
    }
}
