using MicroFirmware.Gateway.Storage;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Events;

/// <summary>The reader's end of <c>events.db</c>, and its tables. Safe for use by many threads.</summary>
internal sealed class EventStore : IDisposable
{
    private const string Columns = "SELECT number, time_ms, kind, severity, subject, text FROM events ";

    private readonly Lock _sync = new();
    private readonly Database _database;
    private readonly Statement _before;
    private readonly Statement _after;
    private readonly Statement _taken;

    public EventStore(Database database)
    {
        _database = database;
        _before = database.Prepare(Columns + """
            WHERE number < ?1 AND (?2 >> kind & 1) AND severity >= ?3 AND (?4 = '' OR subject = ?4)
              AND (?5 = '' OR instr(lower(subject || ' ' || text), ?5))
              AND time_ms >= ?7 AND time_ms < ?8 ORDER BY number DESC LIMIT ?6
            """);
        _after = database.Prepare(Columns + "WHERE number > ?1 ORDER BY number LIMIT ?2");
        _taken = database.Prepare("SELECT taken FROM webhooks WHERE hook=?1");
    }

    /// <summary>The steps of the tables; what comes later is a further one at the end.</summary>
    public static Layout Layout { get; } = new(StoredFiles.Events, """
        CREATE TABLE events(
          number INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL, kind INTEGER NOT NULL, severity INTEGER NOT NULL,
          subject TEXT NOT NULL, text TEXT NOT NULL);
        CREATE TABLE webhooks(hook TEXT PRIMARY KEY, taken INTEGER NOT NULL) WITHOUT ROWID;
        """);

    /// <summary>Opens the file with its tables.</summary>
    /// <exception cref="StorageException">The file cannot be opened, is locked or damaged.</exception>
    /// <exception cref="InvalidDataException">A newer version wrote it.</exception>
    public static Database Open(string path)
    {
        Database database = Database.Open(path);
        try
        {
            Layout.Prepare(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The greatest number that was ever given; 0 for none.</summary>
    public long NewestNumber()
    {
        lock (_sync)
        {
            return _database.Scalar("SELECT max(number) FROM events");
        }
    }

    /// <summary>A page, the newest first.</summary>
    public IReadOnlyList<GatewayEvent> Before(EventQuery query)
    {
        long kinds = query.Kinds is { Count: > 0 } some
            ? some.Aggregate(0L, (mask, kind) => mask | (1L << (int)kind))
            : long.MaxValue;
        lock (_sync)
        {
            return ReadAll(_before.Bind(1, query.Before ?? long.MaxValue).Bind(2, kinds).Bind(3, (int)query.Least)
                .Bind(4, query.Subject ?? "").Bind(5, query.Words?.ToLowerInvariant() ?? "")
                .Bind(6, Math.Clamp(query.Limit, 1, EventQuery.MaxLimit))
                .Bind(7, query.Since?.ToUnixTimeMilliseconds() ?? 0)
                .Bind(8, query.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue));
        }
    }

    /// <summary>What came after an event, the oldest first.</summary>
    public IReadOnlyList<GatewayEvent> After(long number, int limit)
    {
        lock (_sync)
        {
            return ReadAll(_after.Bind(1, number).Bind(2, limit));
        }
    }

    /// <summary>The last event that a webhook's receiver took; null for a new one.</summary>
    public long? TakenBy(string hook)
    {
        lock (_sync)
        {
            long? taken = _taken.Bind(1, hook).Read() ? _taken.Int64(0) : null;
            _taken.Reset();
            return taken;
        }
    }

    public void Dispose()
    {
        lock (_sync)
        {
            _database.Dispose();
        }
    }

    private static List<GatewayEvent> ReadAll(Statement row)
    {
        List<GatewayEvent> events = [];
        while (row.Read())
        {
            events.Add(new GatewayEvent(row.Int64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(1)),
                (EventKind)row.Int64(2), (EventSeverity)row.Int64(3), row.Text(4), row.Text(5)));
        }

        return events;
    }
}
