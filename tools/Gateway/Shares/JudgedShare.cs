using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Shares;

/// <summary>A share with its verdict, on its way to the store and back to its sender.</summary>
internal sealed class JudgedShare(
    Device device, ShareRecord share, VerdictCode code, ulong work, ulong bestWork, long receivedUnixMs,
    IShareReceipt receipt, Action<JudgedShare> settled)
{
    public Device Device => device;

    public ShareRecord Share => share;

    /// <summary>The verdict; once stored, the one that was given first to this device and sequence.</summary>
    public VerdictCode Code { get; private set; } = code;

    /// <summary>Work credited, in expected hashes.</summary>
    public ulong Work { get; private set; } = work;

    /// <summary>Work that the hash itself stands for where it is the device's best so far, 0 otherwise.</summary>
    public ulong BestWork => bestWork;

    public long ReceivedUnixMs => receivedUnixMs;

    /// <summary>What it adds to its device's totals.</summary>
    public DeviceTotals Totals => new()
    {
        Accepted = IsAccepted ? 1 : 0,
        Stale = Code is VerdictCode.Stale or VerdictCode.UnknownJob ? 1 : 0,
        Invalid = IsAccepted || Code is VerdictCode.Stale or VerdictCode.UnknownJob ? 0 : 1,
        Work = Work,
        BestWork = IsAccepted ? bestWork : 0,
    };

    /// <summary>True when this is a share sent again, whose first verdict stands; it counts nowhere.</summary>
    public bool IsRepeated { get; private set; }

    private bool IsAccepted => Code is VerdictCode.Accepted or VerdictCode.BlockFound;

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
