namespace MicroFirmware.Storage;

/// <summary>An entry whose commit can be awaited.</summary>
/// <typeparam name="TWriter">What it is written with.</typeparam>
/// <param name="write">Writes its rows.</param>
public class CommitSignal<TWriter>(Action<TWriter> write) : StoreEntry<TWriter>
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the entry is on the disk; cancelled when it never will be.</summary>
    public Task Done => _done.Task;

    /// <inheritdoc/>
    public override void Write(TWriter writer) => write(writer);

    /// <inheritdoc/>
    public override void Committed() => _done.TrySetResult();

    /// <inheritdoc/>
    public override void Abandoned() => _done.TrySetCanceled();
}
