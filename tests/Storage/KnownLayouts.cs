using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Paywall.Stores;
using MicroFirmware.TimeSeries;

namespace MicroFirmware.Storage.Tests;

/// <summary>
/// Every database with a <see cref="Layout"/>, and the files of its earlier layouts: <c>Layouts/NAME/N.sql</c> is a
/// file of layout N with rows in every table, <c>N-form.sql</c> another form of it. A file whose first line is
/// <c>-- after X.sql</c> begins as that one, so that a new layout's file is the step and some rows.
/// </summary>
internal static class KnownLayouts
{
    private const string After = "-- after ";

    /// <summary>By folder; a new database is added here.</summary>
    public static IReadOnlyDictionary<string, Layout> All { get; } = new Dictionary<string, Layout>
    {
        ["events"] = EventStore.Layout,
        ["gateway"] = Schema.Layout,
        ["ledger"] = SqliteLedgerSchema.Layout,
        ["payouts"] = PayoutStore.Layout,
        ["paywall"] = PaywallWriter.Layout,
        ["series"] = SeriesSchema.Layout,
    };

    /// <summary>The names of a database's files, such as <c>1-orders</c>.</summary>
    public static IEnumerable<string> FilesOf(string database) =>
        Directory.GetFiles(Path.Combine(Folder, database), "*.sql").Order(StringComparer.Ordinal)
            .Select(file => Path.GetFileNameWithoutExtension(file));

    /// <summary>The layout a file is of.</summary>
    public static int VersionOf(string file) => int.Parse(file.Split('-')[0]);

    /// <summary>Makes the database of a file.</summary>
    public static void Load(Database into, string database, string file)
    {
        string sql = File.ReadAllText(Path.Combine(Folder, database, file + ".sql"));
        if (sql.StartsWith(After, StringComparison.Ordinal))
        {
            string first = sql[After.Length..sql.IndexOf('\n')].Trim();
            Load(into, database, Path.GetFileNameWithoutExtension(first));
        }

        into.Execute(sql);
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Layouts");
}
