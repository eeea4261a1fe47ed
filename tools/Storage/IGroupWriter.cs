namespace MicroFirmware.Storage;

/// <summary>
/// What a <see cref="GroupCommit{TWriter}"/> writes with: one open store and its prepared statements. Used by the
/// writer thread only. Every method may throw <see cref="StorageException"/>, and nothing else.
/// </summary>
public interface IGroupWriter : IDisposable
{
    /// <summary>Begins a transaction.</summary>
    void Begin();

    /// <summary>Puts what was written since <see cref="Begin"/> on the disk, all of it or nothing.</summary>
    void Commit();

    /// <summary>Undoes what was written since <see cref="Begin"/>; does nothing where nothing was.</summary>
    void Rollback();
}
