using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>
/// Targets and payouts, in SQLite. Each change is on the disk when its call returns. It holds no money and no secret:
/// lost, the ledger still ends every payout once. Safe for use by many threads.
/// </summary>
internal sealed class PayoutStore : IDisposable
{
    // A year of a hundred accounts that are paid daily; the ledger forgets nothing.
    private const int KeptPayouts = 40_000;

    private const string Columns =
        "SELECT id, account, target, amount_msat, fee_msat, stage, reason, hash, cause, begun_ms, changed_ms "
        + "FROM payouts ";

    private const string TargetColumns = "SELECT account, target, threshold_msat, set_by, set_ms FROM targets ";

    /// <summary>The steps of the tables; what comes later is a further one at the end.</summary>
    internal static Layout Layout { get; } = new("payouts.db", """
        CREATE TABLE targets(
          account TEXT PRIMARY KEY, target TEXT NOT NULL, threshold_msat INTEGER NOT NULL, set_by TEXT NOT NULL,
          set_ms INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE payouts(
          id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, target TEXT NOT NULL,
          amount_msat INTEGER NOT NULL, fee_msat INTEGER NOT NULL, stage INTEGER NOT NULL, reason TEXT NOT NULL,
          hash TEXT NOT NULL, cause TEXT NOT NULL, begun_ms INTEGER NOT NULL, changed_ms INTEGER NOT NULL);
        CREATE INDEX payouts_open ON payouts(stage) WHERE stage<=2;
        CREATE INDEX payouts_by_hash ON payouts(hash) WHERE hash<>'';
        """);

    private readonly Lock _gate = new();
    private readonly Database _database;
    private readonly Statement _setTarget;
    private readonly Statement _removeTarget;
    private readonly Statement _targets;
    private readonly Statement _target;
    private readonly Statement _add;
    private readonly Statement _change;
    private readonly Statement _move;
    private readonly Statement _last;
    private readonly Statement _one;
    private readonly Statement _byHash;
    private readonly Statement _open;
    private readonly Statement _page;
    private readonly Statement _forget;

    private PayoutStore(Database database)
    {
        _database = database;
        _setTarget = database.Prepare("INSERT INTO targets VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(account) DO UPDATE "
            + "SET target=?2, threshold_msat=?3, set_by=?4, set_ms=?5");
        _removeTarget = database.Prepare("DELETE FROM targets WHERE account=?1");
        _targets = database.Prepare(TargetColumns + "ORDER BY account");
        _target = database.Prepare(TargetColumns + "WHERE account=?1");
        _add = database.Prepare("INSERT INTO payouts(account, target, amount_msat, fee_msat, stage, reason, hash, "
            + "cause, begun_ms, changed_ms) VALUES(?1, ?2, ?3, 0, ?4, ?5, '', ?6, ?7, ?7)");
        _change = database.Prepare(
            "UPDATE payouts SET amount_msat=?2, fee_msat=?3, stage=?4, reason=?5, hash=?6, changed_ms=?7 "
            + "WHERE id=?1 AND stage<=2");
        _move = database.Prepare("UPDATE payouts SET stage=?3 WHERE id=?1 AND stage=?2");
        _last = database.Prepare("SELECT last_insert_rowid()");
        _one = database.Prepare(Columns + "WHERE id=?1");
        _byHash = database.Prepare(Columns + "WHERE hash=?1 AND hash<>'' ORDER BY id DESC");
        _open = database.Prepare(Columns + "WHERE stage<=2 ORDER BY id");
        _page = database.Prepare(Columns + "WHERE id<?1 AND (?2='' OR account=?2) ORDER BY id DESC LIMIT ?3");
        _forget = database.Prepare("DELETE FROM payouts WHERE stage>2 AND id<=?1");
    }

    /// <summary>Opens or creates the file.</summary>
    /// <exception cref="StorageException">It cannot be opened, is locked or is no database.</exception>
    /// <exception cref="InvalidDataException">It was written by a newer version.</exception>
    public static PayoutStore Open(string path)
    {
        Database database = Database.Open(path);
        try
        {
            Layout.Prepare(database);
            return new PayoutStore(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Every target that was set, by account.</summary>
    public IReadOnlyList<AccountTarget> Targets()
    {
        lock (_gate)
        {
            return ReadTargets(_targets);
        }
    }

    /// <summary>The target that was set for an account; null for none.</summary>
    public AccountTarget? Target(string account)
    {
        lock (_gate)
        {
            return ReadTargets(_target.Bind(1, account)).FirstOrDefault();
        }
    }

    /// <summary>Sets or changes a target.</summary>
    public void SetTarget(AccountTarget target)
    {
        lock (_gate)
        {
            _setTarget.Bind(1, target.Account).Bind(2, target.Target).Bind(3, target.ThresholdMsat ?? 0)
                .Bind(4, target.SetBy).Bind(5, target.SetAt.ToUnixTimeMilliseconds()).Run();
        }
    }

    /// <summary>Takes a target away.</summary>
    /// <returns>False where there was none.</returns>
    public bool RemoveTarget(string account)
    {
        lock (_gate)
        {
            _removeTarget.Bind(1, account).Run();
            return _database.LastRunChangedRows;
        }
    }

    /// <summary>Begins a payout, unless another one of its account has not come to its end.</summary>
    /// <param name="payout">Without a number.</param>
    /// <returns>The payout with its number; null while another one is open.</returns>
    public PayoutRecord? TryBegin(PayoutRecord payout)
    {
        lock (_gate)
        {
            if (ReadAll(_open).Any(open => open.Account == payout.Account))
            {
                return null;
            }

            _add.Bind(1, payout.Account).Bind(2, payout.Target).Bind(3, payout.AmountMsat)
                .Bind(4, (long)payout.Stage).Bind(5, payout.Reason).Bind(6, payout.Cause)
                .Bind(7, payout.Begun.ToUnixTimeMilliseconds()).Run();
            _last.Read();
            long id = _last.Int64(0);
            _last.Reset();
            _forget.Bind(1, id - KeptPayouts).Run();
            return payout with { Id = id };
        }
    }

    /// <summary>Moves a payout from one stage to another.</summary>
    /// <returns>False where it is not in the first.</returns>
    public bool TryMove(long id, PayoutStage from, PayoutStage to)
    {
        lock (_gate)
        {
            _move.Bind(1, id).Bind(2, (long)from).Bind(3, (long)to).Run();
            return _database.LastRunChangedRows;
        }
    }

    /// <summary>Writes how far a payout has come; one that has ended stays as it is.</summary>
    public void Change(PayoutRecord payout)
    {
        lock (_gate)
        {
            _change.Bind(1, payout.Id).Bind(2, payout.AmountMsat).Bind(3, payout.FeeMsat).Bind(4, (long)payout.Stage)
                .Bind(5, payout.Reason).Bind(6, payout.Hash).Bind(7, payout.Changed.ToUnixTimeMilliseconds()).Run();
        }
    }

    /// <summary>The payout of a number; null for none.</summary>
    public PayoutRecord? Find(long id)
    {
        lock (_gate)
        {
            return ReadAll(_one.Bind(1, id)).FirstOrDefault();
        }
    }

    /// <summary>The newest payout of a payment's hash; null for none.</summary>
    public PayoutRecord? FindHash(string hash)
    {
        lock (_gate)
        {
            return ReadAll(_byHash.Bind(1, hash)).FirstOrDefault();
        }
    }

    /// <summary>Payouts that have not come to their end, the oldest first.</summary>
    public IReadOnlyList<PayoutRecord> Open()
    {
        lock (_gate)
        {
            return ReadAll(_open);
        }
    }

    /// <summary>Payouts, the newest first.</summary>
    /// <param name="before">The number to begin below.</param>
    /// <param name="account">Whose; empty for everybody's.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<PayoutRecord> Page(long before, string account, int count)
    {
        lock (_gate)
        {
            return ReadAll(_page.Bind(1, before).Bind(2, account).Bind(3, count));
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _database.Dispose();
        }
    }

    private static List<PayoutRecord> ReadAll(Statement rows)
    {
        List<PayoutRecord> found = [];
        while (rows.Read())
        {
            found.Add(new PayoutRecord(rows.Int64(0), rows.Text(1), rows.Text(2), rows.Int64(3), rows.Int64(4),
                (PayoutStage)rows.Int64(5), rows.Text(6), rows.Text(7), rows.Text(8), TimeOf(rows.Int64(9)),
                TimeOf(rows.Int64(10))));
        }

        return found;
    }

    private static List<AccountTarget> ReadTargets(Statement rows)
    {
        List<AccountTarget> found = [];
        while (rows.Read())
        {
            long threshold = rows.Int64(2);
            found.Add(new AccountTarget(rows.Text(0), rows.Text(1), threshold > 0 ? threshold : null, rows.Text(3),
                TimeOf(rows.Int64(4))));
        }

        return found;
    }

    private static DateTimeOffset TimeOf(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
}
