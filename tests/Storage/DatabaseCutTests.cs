namespace MicroFirmware.Storage.Tests;

/// <summary>One moment of several databases.</summary>
public sealed class DatabaseCutTests : IDisposable
{
    private const int Cuts = 40;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("cut-test-").FullName;

    private string[] Paths => [InFolder("first.db"), InFolder("second.db"), InFolder("third.db")];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Take_of_databases_that_are_written_in_turn_is_never_between_a_cause_and_two_effects()
    {
        Make();
        using CancellationTokenSource stop = new();
        Thread writer = new(() => WriteInTurn(stop.Token));
        writer.Start();
        try
        {
            for (int number = 0; number < Cuts; number++)
            {
                long[] counts = CountsOfCut(number);

                // Row n stands in the first, then in the second, then in the third; only then comes row n + 1.
                Assert.InRange(counts[0] - counts[1], 0, 1);
                Assert.InRange(counts[1] - counts[2], 0, 1);
                Assert.InRange(counts[0] - counts[2], 0, 1);
            }
        }
        finally
        {
            stop.Cancel();
            writer.Join();
        }
    }

    [Fact]
    public void CopyTo_after_others_wrote_on_is_what_the_cut_was()
    {
        Make();
        using DatabaseCut cut = DatabaseCut.Take(Paths, s_patience, TimeProvider.System);
        using (Database later = Database.Open(Paths[0]))
        {
            later.Execute("INSERT INTO rows DEFAULT VALUES");
        }

        cut.CopyTo(Paths[0], InFolder("copy.db"));

        using Database copy = Database.Open(InFolder("copy.db"));
        Assert.Equal(0, copy.Scalar("SELECT count(*) FROM rows"));
        Assert.Equal(0, copy.Scalar("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"));
    }

    [Fact]
    public void Take_database_that_is_locked_all_the_time_gives_up_and_lets_the_others_go()
    {
        Make();
        using Database holder = Database.Open(Paths[2]);
        holder.Execute("BEGIN IMMEDIATE");

        Assert.Throws<StorageException>(() => DatabaseCut.Take(Paths, TimeSpan.Zero, TimeProvider.System));

        using Database first = Database.Open(Paths[0]);
        first.Execute("INSERT INTO rows DEFAULT VALUES");
    }

    private void Make()
    {
        foreach (string path in Paths)
        {
            using Database database = Database.Open(path);
            database.Execute("CREATE TABLE rows(id INTEGER PRIMARY KEY)");
        }
    }

    private void WriteInTurn(CancellationToken stop)
    {
        Database[] databases = [.. Paths.Select(path => Database.Open(path))];
        foreach (Database database in databases)
        {
            database.Execute("PRAGMA busy_timeout=60000");
        }

        while (!stop.IsCancellationRequested)
        {
            foreach (Database database in databases)
            {
                database.Execute("INSERT INTO rows DEFAULT VALUES");
            }
        }

        Array.ForEach(databases, database => database.Dispose());
    }

    private long[] CountsOfCut(int number)
    {
        using DatabaseCut cut = DatabaseCut.Take(Paths, s_patience, TimeProvider.System);
        return
        [
            .. Paths.Select(path =>
            {
                string copy = InFolder($"copy-{number}-{Path.GetFileName(path)}");
                cut.CopyTo(path, copy);
                using Database database = Database.Open(copy);
                return database.Scalar("SELECT count(*) FROM rows");
            }),
        ];
    }

    private string InFolder(string name) => Path.Combine(_folder, name);
}
