using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Storage;

/// <summary>
/// A store in a directory, with the device registry on top: what most tests of these rooms start from.
/// </summary>
internal sealed class TestStore : IDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public TestStore(string path, StorageOptions? options = null, Action<Database>? configure = null)
    {
        Path = path;
        using (Database database = Database.Open(path))
        {
            Schema.Prepare(database);
        }

        Commits = new GroupCommit(() => Open(configure), options ?? new StorageOptions(), TimeProvider.System);
        Registry = new DeviceRegistry(new DeviceOptions(), Commits, TimeProvider.System);
        Gatekeeper = new Gatekeeper(Registry, Commits);
        using Database reader = Database.Open(path);
        DeviceLoader.Load(reader, Registry);
    }

    public string Path { get; }

    public GroupCommit Commits { get; }

    public DeviceRegistry Registry { get; }

    public Gatekeeper Gatekeeper { get; }

    public async Task<Device> EnrolAsync(string id)
    {
        await Registry.EnrolAsync(id, Key, false, CancellationToken.None);
        return Registry.Find(id)!;
    }

    public long Scalar(string sql)
    {
        using Database reader = Database.Open(Path);
        return reader.Scalar(sql);
    }

    public void Dispose() => Commits.Dispose();

    private Database Open(Action<Database>? configure)
    {
        Database database = Database.Open(Path);
        configure?.Invoke(database);
        return database;
    }
}
