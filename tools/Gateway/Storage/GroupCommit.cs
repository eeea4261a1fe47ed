using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Storage;

/// <summary>The one writer of the gateway's database.</summary>
/// <param name="open">Opens the writer's connection; called again when the file turned out to be damaged.</param>
/// <param name="options">Batch size and delay.</param>
/// <param name="time">Measures how long a batch has waited.</param>
internal sealed class GroupCommit(Func<Database> open, StorageOptions options, TimeProvider time)
    : GroupCommit<StoreWriter>(() => new StoreWriter(open()), options.Limits, time);
