using System.Runtime.InteropServices;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Storage;

/// <summary>
/// The prepared statements of the writer's connection. One per connection, used by the writer thread only.
/// </summary>
internal sealed class StoreWriter : IGroupWriter
{
    private readonly Database _database;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Dictionary<int, DeviceTotals> _totals = [];

    public StoreWriter(Database database)
    {
        _database = database;
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        InsertDevice = database.Prepare(
            "INSERT INTO devices(id, name, key, registered_ms) VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
        InsertState = database.Prepare("INSERT INTO device_state(device) VALUES(?1) ON CONFLICT DO NOTHING");
        SetCounter = database.Prepare("UPDATE device_state SET counter=?2 WHERE device=?1");
        SetShareWork = database.Prepare("UPDATE device_state SET share_work=?2 WHERE device=?1");
        SetKey = database.Prepare("UPDATE devices SET key=?2, revoked=0 WHERE id=?1");
        SetCommandCounter = database.Prepare("INSERT INTO command_counters VALUES(?1, ?2) ON CONFLICT(device) "
            + "DO UPDATE SET counter=excluded.counter");
        SetLabel = database.Prepare("INSERT INTO board_labels VALUES(?1, ?2, ?3, ?4) ON CONFLICT(device) "
            + "DO UPDATE SET name=excluded.name, board_group=excluded.board_group, model=excluded.model");
        SetRevoked = database.Prepare("UPDATE devices SET revoked=?2 WHERE id=?1");
        InsertShare = database.Prepare(
            "INSERT INTO shares(device, sequence, verdict, work, received_ms, job, nonce, ntime, version) "
            + "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING");
        FindShare = database.Prepare("SELECT verdict, work FROM shares WHERE device=?1 AND sequence=?2");
        AddTotals = database.Prepare(
            "UPDATE device_state SET accepted=accepted+?2, stale=stale+?3, invalid=invalid+?4, work=work+?5, "
            + "best_work=max(best_work, ?6) WHERE device=?1");
        InsertBlock = database.Prepare(
            "INSERT INTO blocks(hash, height, device, found_ms, state, raw) VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
            + "ON CONFLICT DO NOTHING");
        SetBlockState = database.Prepare("UPDATE blocks SET state=?2, reason=?3 WHERE hash=?1");
        InsertPoolShare = database.Prepare(
            "INSERT INTO pool_shares(hash, device, found_ms, work, state) VALUES(?1, ?2, ?3, ?4, ?5) "
            + "ON CONFLICT DO NOTHING");
        SetProofStanding = database.Prepare("INSERT INTO proof_standings VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) "
            + "ON CONFLICT(device) DO UPDATE SET probation=excluded.probation, lies=excluded.lies, "
            + "suspended_ms=excluded.suspended_ms, right_count=excluded.right_count, "
            + "wrong_count=excluded.wrong_count, late_count=excluded.late_count");
        SetPoolShareState = database.Prepare("UPDATE pool_shares SET state=?2, reason=?3 WHERE hash=?1");
        SetDayBest = database.Prepare("INSERT INTO day_bests VALUES(?1, ?2) ON CONFLICT(day) "
            + "DO UPDATE SET work=max(work, excluded.work)");
        Access = new AccessStatements(database);
    }

    public Statement InsertDevice { get; }

    public Statement InsertState { get; }

    public Statement SetCounter { get; }

    public Statement SetShareWork { get; }

    public Statement SetKey { get; }

    public Statement SetCommandCounter { get; }

    public Statement SetRevoked { get; }

    public Statement SetLabel { get; }

    public Statement InsertShare { get; }

    public Statement FindShare { get; }

    public Statement InsertBlock { get; }

    public Statement SetBlockState { get; }

    public Statement InsertPoolShare { get; }

    public Statement SetPoolShareState { get; }

    public Statement SetProofStanding { get; }

    public Statement SetDayBest { get; }

    /// <summary>Of users, sessions, tokens and links.</summary>
    public AccessStatements Access { get; }

    /// <summary>Whether the statement that ran last changed anything: false for a row that was there already.</summary>
    public bool LastRunChangedRows => _database.LastRunChangedRows;

    private Statement AddTotals { get; }

    /// <summary>Adds one stored share to its device's totals; they are written once a batch.</summary>
    public void Count(int device, in DeviceTotals share)
    {
        ref DeviceTotals total = ref CollectionsMarshal.GetValueRefOrAddDefault(_totals, device, out _);
        total.Add(share);
    }

    public void Begin()
    {
        _totals.Clear();
        _begin.Run();
    }

    public void Commit()
    {
        foreach ((int device, DeviceTotals total) in _totals)
        {
            AddTotals.Bind(1, device).Bind(2, total.Accepted).Bind(3, total.Stale).Bind(4, total.Invalid)
                .Bind(5, (long)total.Work).Bind(6, (long)total.BestWork).Run();
        }

        _commit.Run();
    }

    public void Rollback() => _database.Rollback();

    public void Dispose() => _database.Dispose();
}
