using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Keeps failures to sign in over a restart, so that it pardons nobody: of addresses, and of names that somebody has.
/// Other names are not written down: people type their password there.
/// </summary>
internal sealed class AttemptKeeper(SignInBudget budget, UserBook users, AccessStore store)
{
    /// <summary>Reads what an earlier run noted, and notes from now on.</summary>
    /// <exception cref="StorageException">The database cannot be read.</exception>
    public void Load(Database database)
    {
        using Statement row = database.Prepare(
            "SELECT is_name, key, failures, last_ms, locked_until_ms FROM access_attempts");
        while (row.Read())
        {
            budget.Load(new AttemptNote(
                row.Int64(0) != 0, row.Text(1), (int)row.Int64(2), row.Int64(3), row.Int64(4)));
        }

        budget.Noted += Keep;
    }

    private void Keep(AttemptNote note)
    {
        if (!note.IsName || users.Find(note.Key) is not null)
        {
            long oldest = note.LastMs - (long)SignInBudget.Memory.TotalMilliseconds;
            store.Note(statements => statements.Put(note, oldest));
        }
    }
}
