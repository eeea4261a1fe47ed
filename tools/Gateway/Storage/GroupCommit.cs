using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Storage;

/// <summary>The one writer of the gateway's database.</summary>
internal sealed class GroupCommit : GroupCommit<StoreWriter>
{
    /// <summary>Opens the database and starts to write.</summary>
    /// <param name="open">Opens the writer's connection; called again when the file turned out to be damaged.</param>
    /// <param name="options">Batch size and delay.</param>
    /// <param name="time">Measures how long a batch has waited.</param>
    public GroupCommit(Func<Database> open, Live<StorageOptions> options, TimeProvider time)
        : base(() => new StoreWriter(open()), options.Now.Limits, time) =>
        options.Changed += now => Limits = now.Limits;
}
