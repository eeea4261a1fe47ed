using Microsoft.Data.Sqlite;

namespace MicroFirmware.Mqtt.Storage;

/// <summary>Changes to SQL: prepared once, run in one transaction a batch.</summary>
internal sealed class SqliteSessionWriter(SqliteConnection connection) : IDisposable
{
    private static readonly Dictionary<SessionChangeKind, string[]> s_sql = new()
    {
        [SessionChangeKind.Attached] =
            ["INSERT INTO session VALUES ($c, NULL) ON CONFLICT (client) DO UPDATE SET sent = NULL"],
        [SessionChangeKind.Detached] = ["UPDATE session SET sent = $n WHERE client = $c"],
        [SessionChangeKind.Ended] =
        [
            "DELETE FROM session WHERE client = $c",
            "DELETE FROM subscription WHERE client = $c",
            "DELETE FROM message WHERE client = $c",
            "DELETE FROM received WHERE client = $c",
        ],
        [SessionChangeKind.Subscribed] = ["INSERT OR REPLACE INTO subscription VALUES ($c, $t, $q)"],
        [SessionChangeKind.Unsubscribed] = ["DELETE FROM subscription WHERE client = $c AND filter = $t"],
        [SessionChangeKind.Queued] =
            ["INSERT OR REPLACE INTO message (client, number, topic, payload, qos) VALUES ($c, $n, $t, $p, $q)"],
        [SessionChangeKind.Released] =
            ["UPDATE message SET released = 1, payload = x'' WHERE client = $c AND number = $n"],
        [SessionChangeKind.Completed] = ["DELETE FROM message WHERE client = $c AND number = $n"],
        [SessionChangeKind.Received] = ["INSERT OR REPLACE INTO received VALUES ($c, $n)"],
        [SessionChangeKind.Forgotten] = ["DELETE FROM received WHERE client = $c AND packet = $n"],
        [SessionChangeKind.Retained] = ["INSERT OR REPLACE INTO retained VALUES ($t, $p, $q)"],
    };

    private readonly Dictionary<SessionChangeKind, SqliteCommand[]> _commands = s_sql.ToDictionary(
        pair => pair.Key, pair => Array.ConvertAll(pair.Value, sql => Prepare(connection, sql)));

    private readonly SqliteCommand _clearRetained = Prepare(connection, "DELETE FROM retained WHERE topic = $t");
    private readonly SqliteCommand _begin = Prepare(connection, "BEGIN IMMEDIATE");
    private readonly SqliteCommand _commit = Prepare(connection, "COMMIT");
    private readonly SqliteCommand _rollback = Prepare(connection, "ROLLBACK");

    /// <summary>Writes a batch, all of it or nothing.</summary>
    /// <exception cref="SqliteException">It could not be written; the batch may be tried again.</exception>
    public void Commit(List<(SessionChange Change, IStoreWaiter? Waiter)> batch)
    {
        _begin.ExecuteNonQuery();
        try
        {
            foreach ((SessionChange change, IStoreWaiter? _) in batch)
            {
                Write(change);
            }

            _commit.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            Rollback();
            throw;
        }
    }

    public void Dispose()
    {
        SqliteCommand[] all = [.. _commands.Values.SelectMany(c => c), _clearRetained, _begin, _commit, _rollback];
        Array.ForEach(all, c => c.Dispose());
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (string name in new[] { "$c", "$n", "$t", "$p", "$q" })
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                SqliteType type = name switch
                {
                    "$c" or "$t" => SqliteType.Text,
                    "$p" => SqliteType.Blob,
                    _ => SqliteType.Integer,
                };
                command.Parameters.Add(name, type);
            }
        }

        command.Prepare();
        return command;
    }

    private void Write(in SessionChange change)
    {
        if (change.Kind == SessionChangeKind.Barrier)
        {
            return;
        }

        if (change.Kind == SessionChangeKind.Retained && change.Payload.IsEmpty)
        {
            Run(_clearRetained, change);
            return;
        }

        foreach (SqliteCommand command in _commands[change.Kind])
        {
            Run(command, change);
        }
    }

    private static void Run(SqliteCommand command, in SessionChange change)
    {
        foreach (SqliteParameter parameter in command.Parameters)
        {
            parameter.Value = parameter.ParameterName switch
            {
                "$c" => change.ClientId,
                "$n" => change.Number,
                "$t" => change.Text,
                "$p" => change.Payload.ToArray(),
                _ => (int)change.QoS,
            };
        }

        command.ExecuteNonQuery();
    }

    private void Rollback()
    {
        try
        {
            _rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself.
        }
    }
}
