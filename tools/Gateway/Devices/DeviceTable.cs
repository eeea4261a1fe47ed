namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// Devices by id, in shards: neighbours do not wait for each other, and no shard's table grows so large that growing it
/// is felt.
/// </summary>
internal sealed class DeviceTable
{
    private const int Shards = 256;

    private readonly Dictionary<string, Device>[] _shards = new Dictionary<string, Device>[Shards];

    public DeviceTable()
    {
        for (int i = 0; i < Shards; i++)
        {
            _shards[i] = new Dictionary<string, Device>(StringComparer.Ordinal);
        }
    }

    /// <summary>The device of this id, or null.</summary>
    public Device? Find(string id)
    {
        Dictionary<string, Device> shard = ShardOf(id);
        lock (shard)
        {
            return shard.GetValueOrDefault(id);
        }
    }

    /// <summary>Adds a device whose id is not taken.</summary>
    public void Add(Device device)
    {
        Dictionary<string, Device> shard = ShardOf(device.Id);
        lock (shard)
        {
            shard.Add(device.Id, device);
        }
    }

    private Dictionary<string, Device> ShardOf(string id) =>
        _shards[(uint)string.GetHashCode(id, StringComparison.Ordinal) % Shards];
}
