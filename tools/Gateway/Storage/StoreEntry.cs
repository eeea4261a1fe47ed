using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Storage;

/// <summary>Something of the gateway's that must be on the disk before anybody hears of it.</summary>
internal abstract class StoreEntry : StoreEntry<StoreWriter>;
