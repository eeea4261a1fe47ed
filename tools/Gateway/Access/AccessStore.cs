using MicroFirmware.Gateway.Storage;

namespace MicroFirmware.Gateway.Access;

/// <summary>Brings what changes about people to the gateway's one writer.</summary>
internal sealed class AccessStore(GroupCommit store)
{
    /// <summary>Hands rows to the writer, if it takes any.</summary>
    /// <returns>Ends when they are on the disk; null when the store takes nothing at the moment.</returns>
    public Task? TryWrite(Action<AccessStatements> write)
    {
        CommitSignal signal = new(writer => write(writer.Access));
        return store.Fault is null && store.TryAppend(signal) ? signal.Done : null;
    }

    /// <summary>Rows that must reach the disk, whatever its state: somebody is shut out.</summary>
    public Task Write(Action<AccessStatements> write)
    {
        CommitSignal signal = new(writer => write(writer.Access));
        store.Append(signal);
        return signal.Done;
    }

    /// <summary>Rows that may be lost, and are not waited for.</summary>
    public void Note(Action<AccessStatements> write) => store.TryAppend(new CommitSignal(
        writer => write(writer.Access)));
}
