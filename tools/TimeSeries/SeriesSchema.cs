using MicroFirmware.Storage;

namespace MicroFirmware.TimeSeries;

/// <summary>
/// The tables. <c>open_points</c> has a row for each chunk and point of the blocks that are not over, <c>blocks</c> one
/// for each chunk and block that is; <c>tiers</c> says for each tier which block is open. Starts are seconds since 1970
/// UTC.
/// </summary>
internal static class SeriesSchema
{
    /// <summary>The steps; what comes later is a further one at the end.</summary>
    public static Layout Layout { get; } = new("the time series", """
        CREATE TABLE metrics(id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind INTEGER NOT NULL);
        CREATE TABLE tiers(tier INTEGER PRIMARY KEY, open INTEGER NOT NULL);
        CREATE TABLE open_points(
          tier INTEGER NOT NULL, start INTEGER NOT NULL, chunk INTEGER NOT NULL, data BLOB NOT NULL,
          PRIMARY KEY(tier, start, chunk)) WITHOUT ROWID;
        CREATE TABLE blocks(
          tier INTEGER NOT NULL, start INTEGER NOT NULL, chunk INTEGER NOT NULL, data BLOB NOT NULL,
          PRIMARY KEY(tier, start, chunk)) WITHOUT ROWID;
        """);

    /// <summary>Makes the tables of a new file, and checks that an old one means the same.</summary>
    /// <exception cref="StorageException">The file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">Another version wrote the file.</exception>
    public static void Prepare(Database database, IReadOnlyList<Metric> metrics)
    {
        Layout.Prepare(database);
        CheckMetrics(database, metrics);
    }

    private static void CheckMetrics(Database database, IReadOnlyList<Metric> metrics)
    {
        using Statement find = database.Prepare("SELECT name, kind FROM metrics WHERE id=?1");
        using Statement insert = database.Prepare("INSERT INTO metrics(id, name, kind) VALUES(?1, ?2, ?3)");
        for (int id = 0; id < metrics.Count; id++)
        {
            if (metrics[id].Id != id)
            {
                throw new ArgumentException("A metric's id is its place in the list.", nameof(metrics));
            }

            if (!find.Bind(1, id).Read())
            {
                insert.Bind(1, id).Bind(2, metrics[id].Name).Bind(3, (int)metrics[id].Kind).Run();
                continue;
            }

            bool isSame = find.Text(0) == metrics[id].Name && find.Int64(1) == (int)metrics[id].Kind;
            find.Reset();
            if (!isSame)
            {
                throw new InvalidDataException(
                    $"Metric {id} of the time series is not {metrics[id].Name}: another version wrote the file.");
            }
        }

        if (database.Scalar("SELECT max(id) FROM metrics") >= metrics.Count)
        {
            throw new InvalidDataException(
                "The time series hold metrics that this gateway does not know: start the newer gateway.");
        }
    }
}
