using System.Security.Cryptography;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Devices;

/// <summary>Every registered device: in memory for speed, in the store for good.</summary>
internal sealed class DeviceRegistry(Live<DeviceOptions> options, GroupCommit store, TimeProvider time)
{
    // Ids are set one after the other, so that two enrolments cannot take the same row.
    private readonly SemaphoreSlim _enrolling = new(1);
    private readonly DeviceTable _devices = new();
    private readonly List<Device> _inOrder = [];
    private Device[]? _all;
    private int _lastNumber;

    /// <summary>How many devices are registered.</summary>
    public int Count
    {
        get
        {
            lock (_inOrder)
            {
                return _inOrder.Count;
            }
        }
    }

    /// <summary>Takes over a device that the store knows.</summary>
    public void Load(Device device)
    {
        Add(device);
        _lastNumber = Math.Max(_lastNumber, device.Number);
    }

    /// <summary>The device of this id, or null.</summary>
    public Device? Find(string id) => _devices.Find(id);

    /// <summary>All devices, in the order of their enrolment.</summary>
    /// <remarks>The same list until another is enrolled: who goes round often copies nothing.</remarks>
    public IReadOnlyList<Device> All()
    {
        lock (_inOrder)
        {
            return _all ??= [.. _inOrder];
        }
    }

    /// <summary>Devices in the order of their enrolment.</summary>
    /// <param name="from">How many to pass over.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<Device> Page(int from, int count)
    {
        lock (_inOrder)
        {
            int start = Math.Min(from, _inOrder.Count);
            return _inOrder.GetRange(start, Math.Min(count, _inOrder.Count - start));
        }
    }

    /// <summary>Registers a device; returns when it is on the disk.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="key">Its key.</param>
    /// <param name="replace">Whether the id's key, if it has another, is replaced: the board before it is shut out.
    /// </param>
    /// <param name="cancel">Gives up.</param>
    public async Task<EnrolResult> EnrolAsync(
        string id, ReadOnlyMemory<byte> key, bool replace, CancellationToken cancel)
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
                    ? present.IsRevoked ? EnrolResult.Revoked : EnrolResult.AlreadyEnrolled
                    : replace ? await ReplaceAsync(present, key.ToArray()) : EnrolResult.KeyDiffers;
            }

            if (Count >= options.Now.MaxDevices)
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
            await signal.Done;
            Add(device);
            return EnrolResult.Enrolled;
        }
        finally
        {
            _enrolling.Release();
        }
    }

    /// <summary>Finds the device of a Stratum worker, or registers it with a key that nobody knows; returns when it is
    /// on the disk.</summary>
    /// <param name="id">Holds a dot, unlike the id of a board.</param>
    /// <returns>Null where there is no room for it, or the store takes nothing.</returns>
    public async Task<Device?> FindOrEnrolWorkerAsync(string id)
    {
        if (Find(id) is { } known)
        {
            return known;
        }

        Device device;
        CommitSignal signal;
        await _enrolling.WaitAsync();
        try
        {
            if (Find(id) is { } present)
            {
                return present;
            }

            byte[] key = RandomNumberGenerator.GetBytes(Limits.KeyLength);
            device = new Device(_lastNumber + 1, id, key, time.GetUtcNow().ToUnixTimeMilliseconds());
            signal = new CommitSignal(writer => Insert(writer, device));
            if (Count >= options.Now.MaxDevices || !store.TryAppend(signal))
            {
                return null;
            }

            // Others enrol meanwhile: what they append comes after this, and so do this device's shares.
            _lastNumber++;
            Add(device);
        }
        finally
        {
            _enrolling.Release();
        }

        try
        {
            await signal.Done;
            return device;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Refuses a device from now on, over restarts too.</summary>
    /// <returns>False when there is none of this id, or the store takes nothing.</returns>
    public Task<bool> RevokeAsync(string id, CancellationToken cancel) => SetRevokedAsync(id, true, cancel);

    /// <summary>Lets a device that was revoked in again, with the key it had.</summary>
    /// <returns>False when there is none of this id, or the store takes nothing.</returns>
    public Task<bool> RestoreAsync(string id, CancellationToken cancel) => SetRevokedAsync(id, false, cancel);

    /// <summary>Calls a device something else; returns when it is on the disk.</summary>
    /// <param name="id">The device.</param>
    /// <param name="change">Makes the new label of the old one.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <returns>False when there is none of this id, or the store takes nothing.</returns>
    public async Task<bool> LabelAsync(string id, Func<BoardLabel, BoardLabel> change, CancellationToken cancel)
    {
        if (Find(id) is not { } device)
        {
            return false;
        }

        CommitSignal signal;
        lock (device)
        {
            BoardLabel label = change(device.Label);
            signal = new CommitSignal(writer => writer.SetLabel.Bind(1, device.Number).Bind(2, label.Name)
                .Bind(3, label.Group).Bind(4, label.Model).Run());
            if (!store.TryAppend(signal))
            {
                return false;
            }

            device.Label = label;
        }

        await signal.Done.WaitAsync(cancel);
        return true;
    }

    private async Task<bool> SetRevokedAsync(string id, bool revoked, CancellationToken cancel)
    {
        if (Find(id) is not { } device)
        {
            return false;
        }

        CommitSignal signal = new(
            writer => writer.SetRevoked.Bind(1, device.Number).Bind(2, revoked ? 1 : 0).Run());
        if (!store.TryAppend(signal))
        {
            return false;
        }

        device.IsRevoked = revoked;
        await signal.Done.WaitAsync(cancel);
        return true;
    }

    private async Task<EnrolResult> ReplaceAsync(Device device, byte[] key)
    {
        CommitSignal signal = new(writer => writer.SetKey.Bind(1, device.Number).Bind(2, key).Run());
        if (!store.TryAppend(signal))
        {
            return EnrolResult.StoreUnavailable;
        }

        await signal.Done;
        lock (device)
        {
            device.Key = key;
            device.IsRevoked = false;
        }

        return EnrolResult.Replaced;
    }

    private void Add(Device device)
    {
        _devices.Add(device);
        lock (_inOrder)
        {
            _inOrder.Add(device);
            _all = null;
        }
    }

    private static void Insert(StoreWriter writer, Device device)
    {
        writer.InsertDevice.Bind(1, device.Number).Bind(2, device.Id).Bind(3, device.Key)
            .Bind(4, device.RegisteredUnixMs).Run();
        writer.InsertState.Bind(1, device.Number).Run();
    }
}
