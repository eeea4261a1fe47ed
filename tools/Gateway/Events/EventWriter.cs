using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Events;

/// <summary>The writer's end of <c>events.db</c>.</summary>
internal sealed class EventWriter : IGroupWriter
{
    private readonly Database _database;
    private readonly Statement _insert;
    private readonly Statement _trim;
    private readonly Statement _setCursor;
    private readonly Statement _forgetCursor;
    private readonly long _kept;
    private long _newest;

    /// <param name="database">Owned.</param>
    /// <param name="kept">Events that are kept.</param>
    public EventWriter(Database database, long kept)
    {
        (_database, _kept) = (database, kept);
        _insert = database.Prepare("INSERT INTO events VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
        _trim = database.Prepare("DELETE FROM events WHERE number <= ?1");
        _setCursor = database.Prepare(
            "INSERT INTO webhooks VALUES(?1, ?2) ON CONFLICT(hook) DO UPDATE SET taken=excluded.taken");
        _forgetCursor = database.Prepare("DELETE FROM webhooks WHERE hook=?1");
    }

    public void Insert(GatewayEvent item)
    {
        _insert.Bind(1, item.Number).Bind(2, item.Time.ToUnixTimeMilliseconds()).Bind(3, (int)item.Kind)
            .Bind(4, (int)item.Severity).Bind(5, item.Subject).Bind(6, item.Text).Run();
        _newest = item.Number;
    }

    /// <summary>The last event that a webhook's receiver took.</summary>
    public void SetTaken(string hook, long number) => _setCursor.Bind(1, hook).Bind(2, number).Run();

    /// <summary>A receiver that is named no longer.</summary>
    public void ForgetTaken(string hook) => _forgetCursor.Bind(1, hook).Run();

    public void Begin() => _database.Execute("BEGIN IMMEDIATE");

    public void Commit()
    {
        _trim.Bind(1, _newest - _kept).Run();
        _database.Execute("COMMIT");
    }

    public void Rollback() => _database.Rollback();

    public void Dispose() => _database.Dispose();
}
