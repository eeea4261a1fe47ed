namespace MicroFirmware.Storage.Tests;

/// <summary>The steps that make a file's tables.</summary>
public sealed class LayoutTests : IDisposable
{
    private const string First = "CREATE TABLE notes(id INTEGER PRIMARY KEY, text TEXT NOT NULL);";
    private const string Second = "ALTER TABLE notes ADD COLUMN author TEXT NOT NULL DEFAULT 'nobody';";

    private readonly string _folder = Directory.CreateTempSubdirectory("layout-test-").FullName;

    private string DatabasePath => Path.Combine(_folder, "notes.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Prepare_new_file_takes_every_step()
    {
        using Database database = Database.Open(DatabasePath);

        new Layout("notes.db", First, Second).Prepare(database);

        database.Execute("INSERT INTO notes(id, text) VALUES(1, 'a')");
        Assert.Equal(1, database.Scalar("SELECT count(*) FROM notes WHERE author='nobody'"));
        Assert.Equal(2, Layout.VersionOf(database));
    }

    [Fact]
    public void Prepare_earlier_file_takes_the_steps_it_lacks_and_keeps_its_rows()
    {
        using Database database = Database.Open(DatabasePath);
        new Layout("notes.db", First).Prepare(database);
        database.Execute("INSERT INTO notes(id, text) VALUES(1, 'kept')");
        Layout layout = new("notes.db", First, Second);

        layout.Prepare(database);
        layout.Prepare(database);

        Assert.Equal(1, database.Scalar("SELECT count(*) FROM notes WHERE text='kept' AND author='nobody'"));
        Assert.Equal(2, Layout.VersionOf(database));
    }

    [Fact]
    public void Prepare_file_of_a_newer_program_is_refused_and_left_alone()
    {
        using Database database = Database.Open(DatabasePath);
        new Layout("notes.db", First, Second).Prepare(database);

        var refusal = Assert.Throws<InvalidDataException>(() => new Layout("notes.db", First).Prepare(database));

        Assert.StartsWith("notes.db has layout 2, this program knows layouts up to 1", refusal.Message);
        Assert.Equal(2, Layout.VersionOf(database));
    }

    [Fact]
    public void Prepare_step_that_fails_leaves_the_file_as_it_was()
    {
        using Database database = Database.Open(DatabasePath);
        new Layout("notes.db", First).Prepare(database);
        Layout broken = new("notes.db", First, Second, "CREATE TABLE notes(again INTEGER);");

        Assert.Throws<StorageException>(() => broken.Prepare(database));

        Assert.Equal(1, Layout.VersionOf(database));
        Assert.Equal(0, database.Scalar("SELECT count(*) FROM pragma_table_info('notes') WHERE name='author'"));
    }

    [Fact]
    public void Prepare_file_that_another_connection_migrated_meanwhile_takes_no_step_twice()
    {
        using Database one = Database.Open(DatabasePath);
        using Database other = Database.Open(DatabasePath);
        Layout layout = new("notes.db", First, Second);
        new Layout("notes.db", First).Prepare(one);

        layout.Prepare(other);
        layout.Prepare(one);

        Assert.Equal(2, Layout.VersionOf(one));
    }

    [Fact]
    public void Layout_without_a_step_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Layout("notes.db"));
}
