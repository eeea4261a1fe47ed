using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Mqtt.Storage;

namespace MicroFirmware.Storage.Tests;

/// <summary>Files of every layout that was ever written come to today's with everything that is in them.</summary>
public sealed class EarlierLayoutTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("layout-test-").FullName;

    public static TheoryData<string, string> Files
    {
        get
        {
            TheoryData<string, string> files = [];
            foreach (string database in KnownLayouts.All.Keys)
            {
                foreach (string file in KnownLayouts.FilesOf(database))
                {
                    files.Add(database, file);
                }
            }

            return files;
        }
    }

    public static TheoryData<string> Databases => [.. KnownLayouts.All.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public void Prepare_earlier_layout_becomes_todays_with_its_rows(string name, string file)
    {
        Layout layout = KnownLayouts.All[name];
        using Database fresh = Open("fresh.db");
        layout.Prepare(fresh);
        using Database old = Open("old.db");
        KnownLayouts.Load(old, name, file);
        Dictionary<string, string[]> columns = Contents.RowsOf(old).Keys.ToDictionary(
            table => table, table => Contents.ColumnsOf(old, table));
        Dictionary<string, string[]> before = Contents.RowsOf(old);

        layout.Prepare(old);

        Assert.Equal(layout.Version, Layout.VersionOf(old));
        Assert.Equal(Contents.TablesOf(fresh), Contents.TablesOf(old));
        Assert.Equal(0, old.Scalar("SELECT count(*) FROM pragma_foreign_key_check"));
        Assert.All(before, table =>
            Assert.Equal(table.Value, Contents.RowsOf(old, table.Key, columns[table.Key])));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Steps_of_an_earlier_layout_still_make_its_tables(string name, string file)
    {
        using Database old = Open("old.db");
        KnownLayouts.Load(old, name, file);
        using Database made = Open("made.db");

        KnownLayouts.All[name].PrepareUntil(made, KnownLayouts.VersionOf(file));

        // Another form of a layout may have tables that became a step only later.
        string[] tables = Contents.TablesOf(old);
        Assert.Equal(KnownLayouts.VersionOf(file), Layout.VersionOf(old));
        Assert.Equal(Contents.TablesOf(made), file.Contains('-') ? tables.Intersect(Contents.TablesOf(made)) : tables);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void Every_earlier_layout_has_a_file_with_a_row_in_every_table(string name)
    {
        string[] files = [.. KnownLayouts.FilesOf(name)];
        for (int version = 1; version < KnownLayouts.All[name].Version; version++)
        {
            Assert.True(files.Contains($"{version}"),
                $"tests/Storage/Layouts/{name}/{version}.sql is missing: '-- after {version - 1}.sql', the step as it "
                + $"was released, a row for each new table, PRAGMA user_version={version};");
        }

        foreach (string file in files)
        {
            using Database old = Open(file + ".db");
            KnownLayouts.Load(old, name, file);
            Assert.DoesNotContain(Contents.RowsOf(old), table => table.Value.Length == 0);
        }
    }

    [Fact]
    public void Ledger_of_the_first_layout_is_proven_after_its_way_to_todays()
    {
        using (Database old = Open("ledger.db"))
        {
            KnownLayouts.Load(old, "ledger", "1");
        }

        using ILedgerStore store = SqliteLedgerStore.Open(Path.Combine(_folder, "ledger.db"));
        (LedgerHead head, IReadOnlyList<Balance> balances) = BookCheck.Verify(store, null);

        Assert.Equal(10, head.Postings);
        Assert.Equal(6 * 5_000_000_000_000L, (long)balances.Where(balance =>
            balance.Account.Name is "device:board-01" or "device:board-02").Sum(balance => (decimal)balance.Amount));
    }

    [Fact]
    public void Sessions_of_the_first_layout_are_read()
    {
        using (Database old = Open("sessions.db"))
        {
            KnownLayouts.Load(old, "sessions", "1");
        }

        using SqliteSessionStore store = new(Path.Combine(_folder, "sessions.db"));
        StoredState state = store.Load();

        StoredSession session = Assert.Single(state.Sessions);
        Assert.Equal("micro/1/board-01/command", Assert.Single(session.Subscriptions).Filter);
        Assert.Equal([0x00, 0xff], Assert.Single(session.Messages).Payload.ToArray());
        Assert.Equal([65535], session.Received);
        Assert.Equal("micro/1/board-01/status", Assert.Single(state.Retained).Topic);
    }

    private Database Open(string name) => Database.Open(Path.Combine(_folder, name));
}
