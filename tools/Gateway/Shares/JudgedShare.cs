using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Shares;

/// <summary>A share with its verdict, on its way to the store and back to its sender.</summary>
/// <param name="device">Who sent it.</param>
/// <param name="share">The share.</param>
/// <param name="code">The verdict.</param>
/// <param name="work">Work credited, in expected hashes.</param>
/// <param name="bestWork">Work that the hash itself stands for where it is the device's best so far, 0
/// otherwise.</param>
/// <param name="receivedUnixMs">When it came, in milliseconds since 1970 UTC.</param>
/// <param name="settled">Told once, when the verdict is durable.</param>
/// <param name="receipt">Who waits for the verdict.</param>
internal sealed class JudgedShare(
    Device device,
    ShareRecord share,
    VerdictCode code,
    ulong work,
    ulong bestWork,
    long receivedUnixMs,
    Action<JudgedShare> settled,
    IShareReceipt receipt)
{
    public Device Device => device;

    public ShareRecord Share => share;

    /// <summary>The verdict; once stored, the one that was given first to this device and sequence.</summary>
    public VerdictCode Code { get; private set; } = code;

    /// <summary>Work credited, in expected hashes.</summary>
    public ulong Work { get; private set; } = work;

    public long ReceivedUnixMs => receivedUnixMs;

    /// <summary>True when this is a share sent again, whose first verdict stands; it counts nowhere.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>What it adds to its device's totals.</summary>
    public DeviceTotals Totals => DeviceTotals.Of(Code, Work, bestWork);

    /// <summary>The store knew this device and sequence already.</summary>
    public void Repeat(VerdictCode first, ulong credited)
    {
        IsRepeated = true;
        Code = first;
        Work = credited;
    }

    /// <summary>The verdict is durable.</summary>
    public void Settle()
    {
        settled(this);
        receipt.Give(new Verdict
        {
            Code = Code,
            Nonce = share.Nonce,
            Sequence = share.Sequence,
            JobId = share.JobId,
            Work = Work,
        });
    }

    /// <summary>The verdict will never be durable.</summary>
    public void Abandon() => receipt.Withhold();
}
