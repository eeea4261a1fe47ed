using MicroFirmware.Mqtt.Packets;
using Microsoft.Data.Sqlite;

namespace MicroFirmware.Mqtt.Storage;

/// <summary>The tables, and how they are read.</summary>
internal static class SqliteSessionSchema
{
    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE session (client TEXT PRIMARY KEY, sent INTEGER) WITHOUT ROWID;
        CREATE TABLE subscription (
            client TEXT, filter TEXT, qos INTEGER NOT NULL, PRIMARY KEY (client, filter)) WITHOUT ROWID;
        CREATE TABLE message (
            client TEXT, number INTEGER, topic TEXT NOT NULL, payload BLOB NOT NULL, qos INTEGER NOT NULL,
            released INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (client, number)) WITHOUT ROWID;
        CREATE TABLE received (client TEXT, packet INTEGER, PRIMARY KEY (client, packet)) WITHOUT ROWID;
        CREATE TABLE retained (topic TEXT PRIMARY KEY, payload BLOB NOT NULL, qos INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>Sets the connection up and makes the tables if there are none.</summary>
    public static void Prepare(SqliteConnection connection)
    {
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;");
        using SqliteCommand query = connection.CreateCommand();
        query.CommandText = "PRAGMA user_version";
        long version = (long)query.ExecuteScalar()!;
        if (version == 0)
        {
            Execute(connection, $"BEGIN; {Tables} PRAGMA user_version={Version}; COMMIT;");
        }
        else if (version != Version)
        {
            throw new SqliteException(
                $"'{connection.DataSource}' has version {version} of the session tables; this program knows {Version}.",
                1);
        }
    }

    public static StoredState Load(SqliteConnection connection)
    {
        var sessions = new Dictionary<string, StoredSession>(StringComparer.Ordinal);
        Read(connection, "SELECT client, sent FROM session", r => sessions.Add(
            r.GetString(0), new StoredSession(r.GetString(0), r.IsDBNull(1) ? null : r.GetInt64(1))));
        Read(connection, "SELECT client, filter, qos FROM subscription", r =>
            sessions.GetValueOrDefault(r.GetString(0))?.Subscriptions.Add(new(r.GetString(1), QoS(r, 2))));
        Read(
            connection,
            "SELECT client, number, topic, payload, qos, released FROM message ORDER BY client, number",
            r => sessions.GetValueOrDefault(r.GetString(0))?.Messages.Add(
                new(r.GetInt64(1), r.GetString(2), Blob(r, 3), QoS(r, 4), r.GetBoolean(5))));
        Read(connection, "SELECT client, packet FROM received", r =>
            sessions.GetValueOrDefault(r.GetString(0))?.Received.Add((ushort)r.GetInt32(1)));
        var retained = new List<StoredMessage>();
        Read(connection, "SELECT topic, payload, qos FROM retained", r =>
            retained.Add(new(0, r.GetString(0), Blob(r, 1), QoS(r, 2))));
        return new StoredState([.. sessions.Values], retained);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Read(SqliteConnection connection, string sql, Action<SqliteDataReader> row)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            row(reader);
        }
    }

    private static QualityOfService QoS(SqliteDataReader reader, int column) =>
        (QualityOfService)reader.GetInt32(column);

    private static byte[] Blob(SqliteDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);
}
