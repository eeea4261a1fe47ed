using System.Security.Cryptography;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Devices;

/// <summary>Every registered device: in memory for speed, in the store for good.</summary>
internal sealed class DeviceRegistry(DeviceOptions options, GroupCommit store, TimeProvider time)
{
    // Ids are set one after the other, so that two enrolments cannot take the same row.
    private readonly SemaphoreSlim _enrolling = new(1);
    private readonly DeviceTable _devices = new();
    private int _lastNumber;

    /// <summary>How many devices are registered.</summary>
    public int Count => _devices.Count;

    /// <summary>Takes over a device that the store knows.</summary>
    public void Load(Device device)
    {
        _devices.GetOrAdd(device);
        _lastNumber = Math.Max(_lastNumber, device.Number);
    }

    /// <summary>The device of this id, or null.</summary>
    public Device? Find(string id) => _devices.Find(id);

    /// <summary>All devices.</summary>
    public IEnumerable<Device> All() => _devices.All();

    /// <summary>Registers a device; returns when it is on the disk.</summary>
    public async Task<EnrolResult> EnrolAsync(string id, ReadOnlyMemory<byte> key, CancellationToken cancel)
    {
        if (!DeviceId.IsValid(id) || key.Length != Limits.KeyLength)
        {
            return DeviceId.IsValid(id) ? EnrolResult.InvalidKey : EnrolResult.InvalidId;
        }

        await _enrolling.WaitAsync(cancel);
        try
        {
            if (Find(id) is { } present)
            {
                return CryptographicOperations.FixedTimeEquals(present.Key, key.Span)
                    ? EnrolResult.AlreadyEnrolled
                    : EnrolResult.KeyDiffers;
            }

            if (Count >= options.MaxDevices)
            {
                return EnrolResult.TooManyDevices;
            }

            Device device = new(_lastNumber + 1, id, key.ToArray(), time.GetUtcNow().ToUnixTimeMilliseconds());
            CommitSignal signal = new(writer => Insert(writer, device));
            if (!store.TryAppend(signal))
            {
                return EnrolResult.StoreUnavailable;
            }

            _lastNumber++;
            await signal.Done.WaitAsync(cancel);
            _devices.GetOrAdd(device);
            return EnrolResult.Enrolled;
        }
        finally
        {
            _enrolling.Release();
        }
    }

    /// <summary>Refuses a device from now on, over restarts too.</summary>
    /// <returns>False when there is none of this id, or the store takes nothing.</returns>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancel)
    {
        if (Find(id) is not { } device)
        {
            return false;
        }

        CommitSignal signal = new(writer => writer.SetRevoked.Bind(1, device.Number).Bind(2, 1).Run());
        device.IsRevoked = store.TryAppend(signal);
        if (device.IsRevoked)
        {
            await signal.Done.WaitAsync(cancel);
        }

        return device.IsRevoked;
    }

    private static void Insert(StoreWriter writer, Device device)
    {
        writer.InsertDevice.Bind(1, device.Number).Bind(2, device.Id).Bind(3, device.Key)
            .Bind(4, device.RegisteredUnixMs).Run();
        writer.InsertState.Bind(1, device.Number).Run();
    }
}
