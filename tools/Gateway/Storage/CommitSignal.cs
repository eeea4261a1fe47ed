namespace MicroFirmware.Gateway.Storage;

/// <summary>An entry whose commit can be awaited.</summary>
internal sealed class CommitSignal(Action<StoreWriter> write) : StoreEntry
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the entry is on the disk; cancelled when it never will be.</summary>
    public Task Done => _done.Task;

    public override void Write(StoreWriter writer) => write(writer);

    public override void Committed() => _done.TrySetResult();

    public override void Abandoned() => _done.TrySetCanceled();
}
