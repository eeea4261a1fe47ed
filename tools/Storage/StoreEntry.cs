namespace MicroFirmware.Storage;

/// <summary>
/// Something that must be on the disk before anybody hears of it. Its methods run on the store's writer thread and
/// must neither block nor throw anything but <see cref="StorageException"/> (in <see cref="Write"/>).
/// </summary>
/// <typeparam name="TWriter">What it is written with.</typeparam>
public abstract class StoreEntry<TWriter>
{
    /// <summary>Writes the rows, inside a transaction. It may be called again when the transaction failed.</summary>
    public abstract void Write(TWriter writer);

    /// <summary>The transaction is on the disk.</summary>
    public abstract void Committed();

    /// <summary>The store closes and could not write the entry; nobody may hear that it was accepted.</summary>
    public virtual void Abandoned()
    {
    }
}
