namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// Devices by id, in shards: neighbours do not wait for each other, and no shard's table grows so large that growing it
/// is felt.
/// </summary>
internal sealed class DeviceTable
{
    private const int Shards = 256;

    private readonly Dictionary<string, Device>[] _shards = new Dictionary<string, Device>[Shards];
    private int _count;

    public DeviceTable()
    {
        for (int i = 0; i < Shards; i++)
        {
            _shards[i] = new Dictionary<string, Device>(StringComparer.Ordinal);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The device of this id, or null.</summary>
    public Device? Find(string id)
    {
        Dictionary<string, Device> shard = ShardOf(id);
        lock (shard)
        {
            return shard.GetValueOrDefault(id);
        }
    }

    /// <summary>Adds a device unless its id is taken.</summary>
    /// <returns>The device that has the id now.</returns>
    public Device GetOrAdd(Device device)
    {
        Dictionary<string, Device> shard = ShardOf(device.Id);
        lock (shard)
        {
            if (shard.TryGetValue(device.Id, out Device? present))
            {
                return present;
            }

            shard.Add(device.Id, device);
        }

        Interlocked.Increment(ref _count);
        return device;
    }

    /// <summary>All devices, shard by shard; each shard as it is when its turn comes.</summary>
    public IEnumerable<Device> All()
    {
        foreach (Dictionary<string, Device> shard in _shards)
        {
            Device[] devices;
            lock (shard)
            {
                devices = [.. shard.Values];
            }

            foreach (Device device in devices)
            {
                yield return device;
            }
        }
    }

    private Dictionary<string, Device> ShardOf(string id) =>
        _shards[(uint)string.GetHashCode(id, StringComparison.Ordinal) % Shards];
}
