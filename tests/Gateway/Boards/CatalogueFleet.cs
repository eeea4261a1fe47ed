using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Boards;

/// <summary>Devices in a registry, as a test wants them, on a clock that it moves.</summary>
internal sealed class CatalogueFleet : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ShareOptions _options = new();
    private readonly TestStore _store;
    private readonly GatewayClock _clock;

    public CatalogueFleet()
    {
        _store = new TestStore(Path.Combine(_directory.Path, "gateway.db"));
        _clock = new GatewayClock(Time);
        Catalogue = new BoardCatalogue(_store.Registry, _clock);
    }

    public ManualTime Time { get; } = new();

    public BoardCatalogue Catalogue { get; }

    public DeviceRegistry Registry => _store.Registry;

    /// <summary>A device as the store would give it: no disk, for many.</summary>
    public Device Load(int number, string id, BoardLabel? label = null)
    {
        Device device = new(number, id, TestStore.Key, 0) { Label = label ?? BoardLabel.None };
        _store.Registry.Load(device);
        return device;
    }

    /// <summary>A device that is connected, and says what a test wants.</summary>
    public Device LoadOnline(int number, string id, Action<Telemetry>? say = null, ulong provenWork = 0)
    {
        Device device = Load(number, id);
        DeviceActivity activity = device.Awake(_options, _clock.Now);
        activity.SetOnline(true, _clock.Now);
        if (say is not null)
        {
            activity.Telemetry = new Telemetry();
            say(activity.Telemetry);
        }

        if (provenWork > 0)
        {
            activity.Credit(provenWork, _clock.Now);
        }

        return device;
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }
}
