using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Storage;

/// <summary>Rows of the gateway's whose commit can be awaited.</summary>
internal sealed class CommitSignal(Action<StoreWriter> write) : CommitSignal<StoreWriter>(write);
