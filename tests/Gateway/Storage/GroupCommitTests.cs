using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Storage;

public sealed class GroupCommitTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();

    private string DatabasePath => _directory.File("gateway.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task TryAppend_entry_is_on_the_disk_when_it_is_told_so()
    {
        using TestStore store = new(DatabasePath);
        Row row = new(1);

        Assert.True(store.Commits.TryAppend(row));
        await row.Done.WaitAsync(s_patience);

        Assert.Equal(1, store.Scalar("SELECT count(*) FROM blocks"));
    }

    [Fact]
    public async Task TryAppend_many_entries_are_told_in_their_order_in_few_commits()
    {
        using TestStore store = new(DatabasePath, new StorageOptions { BatchMaxEntries = 100 });
        List<int> told = [];
        Row[] rows = [.. Enumerable.Range(0, 1000).Select(i => new Row(i) { Told = told })];
        foreach (Row row in rows)
        {
            Assert.True(store.Commits.TryAppend(row));
        }

        await rows[^1].Done.WaitAsync(s_patience);

        Assert.Equal(Enumerable.Range(0, 1000), told);
        Assert.InRange(store.Commits.Statistics.Commits, 1, 100);
        Assert.Equal(1000, store.Commits.Statistics.Entries);
    }

    [Fact]
    public void TryAppend_queue_full_is_refused()
    {
        using TestStore store = new(DatabasePath, new StorageOptions { BatchMaxEntries = 1, QueueMaxEntries = 3 });
        using ManualResetEventSlim entered = new();
        using ManualResetEventSlim leave = new();
        store.Commits.TryAppend(new CommitSignal(_ =>
        {
            entered.Set();
            leave.Wait();
        }));
        Assert.True(entered.Wait(s_patience));

        bool[] answers = [.. Enumerable.Range(0, 4).Select(i => store.Commits.TryAppend(new Row(i)))];
        leave.Set();

        Assert.Equal([true, true, true, false], answers);
    }

    [Fact]
    public async Task Commit_database_locked_waits_and_goes_on_when_it_is_free()
    {
        using TestStore store = new(DatabasePath);
        using Database other = Database.Open(DatabasePath);
        other.Execute("BEGIN IMMEDIATE");
        Task<StorageException?> fault = NextFault(store.Commits);
        Row row = new(1);
        store.Commits.TryAppend(row);

        Assert.Contains("Another process holds the database", (await fault.WaitAsync(s_patience))!.Message);
        Assert.False(row.Done.IsCompleted);
        other.Execute("ROLLBACK");
        await row.Done.WaitAsync(s_patience);

        Assert.Null(store.Commits.Fault);
        Assert.Equal(1, store.Scalar("SELECT count(*) FROM blocks"));
    }

    [Fact]
    public async Task Commit_disk_full_acknowledges_nothing_and_goes_on_when_there_is_room()
    {
        // SQLite answers a file at its page limit exactly as it answers a full disk: SQLITE_FULL.
        Database? writer = null;
        using TestStore store = new(DatabasePath, configure: database =>
        {
            writer = database;
            database.Execute("PRAGMA max_page_count=10");
        });
        Task<StorageException?> fault = NextFault(store.Commits);
        Row large = new(1) { Size = 200_000 };
        store.Commits.TryAppend(large);

        Assert.Contains("free some space", (await fault.WaitAsync(s_patience))!.Message);
        Assert.False(large.Done.IsCompleted);
        Assert.Equal(0, store.Scalar("SELECT count(*) FROM blocks"));
        store.Commits.TryAppend(new CommitSignal(_ => { }));
        writer!.Execute("PRAGMA max_page_count=100000");
        await large.Done.WaitAsync(s_patience);

        Assert.Null(store.Commits.Fault);
        Assert.Equal(1, store.Scalar("SELECT count(*) FROM blocks"));
    }

    [Fact]
    public async Task Commit_file_cannot_be_reopened_waits_until_it_can()
    {
        bool broken = false;
        using TestStore store = new(DatabasePath, configure: _ =>
        {
            if (broken)
            {
                throw new StorageException(SQLitePCL.raw.SQLITE_CANTOPEN, "unable to open database file");
            }
        });
        Task<StorageException?> fault = NextFault(store.Commits);
        int attempts = 0;
        Row row = new(1);
        store.Commits.TryAppend(new CommitSignal(_ =>
        {
            broken = ++attempts == 1;
            if (broken)
            {
                throw new StorageException(SQLitePCL.raw.SQLITE_IOERR, "disk I/O error");
            }
        }));
        store.Commits.TryAppend(row);

        await fault.WaitAsync(s_patience);
        Assert.False(row.Done.IsCompleted);
        broken = false;
        await row.Done.WaitAsync(s_patience);

        Assert.Equal(1, store.Scalar("SELECT count(*) FROM blocks"));
    }

    [Fact]
    public async Task Commit_file_damaged_waits_until_a_copy_is_put_back()
    {
        using TestStore store = new(DatabasePath);
        Row before = new(1);
        store.Commits.TryAppend(before);
        await before.Done.WaitAsync(s_patience);
        string copy = _directory.File("copy.db");
        TaskCompletionSource damaged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Commits.FaultChanged += fault =>
        {
            if (fault?.Message.Contains("damaged: put back a copy") == true)
            {
                damaged.TrySetResult();
            }
        };
        int attempts = 0;
        store.Commits.TryAppend(new CommitSignal(_ =>
        {
            if (++attempts == 1)
            {
                File.Move(DatabasePath, copy);
                File.WriteAllText(DatabasePath, new string('x', 5000));
                throw new StorageException(SQLitePCL.raw.SQLITE_CORRUPT, "database disk image is malformed");
            }
        }));
        Row after = new(2);
        store.Commits.TryAppend(after);

        await damaged.Task.WaitAsync(s_patience);
        Assert.False(after.Done.IsCompleted);
        File.Move(copy, DatabasePath, overwrite: true);
        await after.Done.WaitAsync(s_patience);

        Assert.Null(store.Commits.Fault);
        Assert.Equal(2, store.Scalar("SELECT count(*) FROM blocks"));
    }

    [Fact]
    public async Task Dispose_entries_that_wait_are_written_first()
    {
        Row[] rows = [.. Enumerable.Range(0, 50).Select(i => new Row(i))];
        using (TestStore store = new(DatabasePath, new StorageOptions { BatchDelay = TimeSpan.FromSeconds(1) }))
        {
            Array.ForEach(rows, row => store.Commits.TryAppend(row));
        }

        await Task.WhenAll(rows.Select(row => row.Done)).WaitAsync(s_patience);
        using Database reader = Database.Open(DatabasePath);
        Assert.Equal(50, reader.Scalar("SELECT count(*) FROM blocks"));
    }

    [Fact]
    public void Open_file_is_no_database_says_what_to_do()
    {
        File.WriteAllText(DatabasePath, new string('x', 5000));

        StorageException e = Assert.Throws<StorageException>(() => Database.Open(DatabasePath));

        Assert.Contains("damaged: put back a copy", e.Message);
    }

    [Fact]
    public void Prepare_layout_of_a_newer_version_is_refused()
    {
        using Database database = Database.Open(DatabasePath);
        database.Execute("PRAGMA user_version=99");

        Assert.Contains("layout 99", Assert.Throws<InvalidDataException>(() => Schema.Prepare(database)).Message);
    }

    private static Task<StorageException?> NextFault(GroupCommit commits)
    {
        TaskCompletionSource<StorageException?> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        commits.FaultChanged += fault => source.TrySetResult(fault);
        return source.Task;
    }

    private sealed class Row(int number) : StoreEntry
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public int Size { get; init; } = 1;

        public List<int>? Told { get; init; }

        public override void Write(StoreWriter writer) => writer.InsertBlock.Bind(1, BitConverter.GetBytes(number))
            .Bind(2, 0).Bind(3, 0).Bind(4, 0).Bind(5, 0).Bind(6, new byte[Size]).Run();

        public override void Committed()
        {
            Told?.Add(number);
            _done.SetResult();
        }
    }
}
