using MicroFirmware.Gateway.Storage;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// Lets devices in. A credential is good once: its counter must be unused (<see cref="CounterWindow"/>), and the
/// greatest is on the disk before the device hears that it was accepted.
/// </summary>
internal sealed class Gatekeeper(DeviceRegistry registry, GroupCommit store)
{
    // A disk that takes longer than this is a fault that the device should not wait for.
    private static readonly TimeSpan s_storeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Checks a credential and uses up its counter.</summary>
    /// <remarks>In this order: unknown device, wrong code, revoked, counter used, store unavailable.</remarks>
    public async ValueTask<Admission> AdmitAsync(Credential credential, CancellationToken cancel)
    {
        ulong counter = credential.Counter;
        if (registry.Find(credential.Device) is not { } device)
        {
            return new Admission(null, counter, RefusalCode.UnknownDevice, 0);
        }

        if (!credential.IsSignedWith(device.Key))
        {
            return new Admission(device, counter, RefusalCode.BadMac, 0);
        }

        if (device.IsRevoked)
        {
            return new Admission(device, counter, RefusalCode.Revoked, 0);
        }

        ulong floor;
        CommitSignal? signal;
        lock (device)
        {
            bool isFresh = device.Counters.TryUse(counter);
            floor = device.Counters.Greatest;
            if (!isFresh)
            {
                return new Admission(device, counter, RefusalCode.CounterReplayed, floor);
            }

            signal = new CommitSignal(w => w.SetCounter.Bind(1, device.Number).Bind(2, (long)floor).Run());
            signal = store.TryAppend(signal) ? signal : null;
        }

        bool stored = signal is not null && await IsStoredAsync(signal, cancel);
        return new Admission(device, counter, stored ? null : RefusalCode.Busy, floor);
    }

    private static async ValueTask<bool> IsStoredAsync(CommitSignal signal, CancellationToken cancel)
    {
        try
        {
            await signal.Done.WaitAsync(s_storeTimeout, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
