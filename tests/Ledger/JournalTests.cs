using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Storage;

namespace MicroFirmware.Ledger.Tests;

public class JournalTests
{
    private static readonly Account s_board = Account.Device("board-1");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PostAsync_posting_is_booked_and_still_there_after_a_restart(bool inMemory)
    {
        using TestBook book = new(inMemory);

        Assert.Equal(PostResult.Posted, await book.Journal.PostAsync(TestBook.Pay("block:1", s_board, 700)));
        Assert.Equal(PostResult.Posted, await book.Journal.PostAsync(new Posting("payout:1", 1, "a payout",
            [new Entry(s_board, Account.Payouts, 300), new Entry(s_board, Account.Fees, 1)])));
        LedgerHead head = book.Journal.Head;
        book.Reopen();

        Assert.Equal(399, book.BalanceOf(s_board));
        Assert.Equal(-700, book.BalanceOf(Account.Chain));
        Assert.Equal(300, book.BalanceOf(Account.Payouts));
        Assert.Equal((2, 3), (head.Postings, head.Entries));
        Assert.Equal(head, book.Journal.Head);
        Assert.Equal(head, book.Verify());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PostAsync_same_key_again_changes_nothing(bool inMemory)
    {
        using TestBook book = new(inMemory);
        await book.Journal.PostAsync(TestBook.Pay("block:1", s_board, 700));

        PostResult again = await book.Journal.PostAsync(TestBook.Pay("block:1", s_board, 700) with { UnixMs = 5 });
        PostResult other = await book.Journal.PostAsync(TestBook.Pay("block:1", s_board, 701));
        book.Reopen();
        PostResult later = await book.Journal.PostAsync(TestBook.Pay("block:1", s_board, 700));

        Assert.Equal(
            (PostResult.AlreadyPosted, PostResult.KeyTaken, PostResult.AlreadyPosted), (again, other, later));
        Assert.Equal(700, book.BalanceOf(s_board));
        Assert.True(book.Journal.Contains("block:1"));
        Assert.False(book.Journal.Contains("block:2"));
    }

    public static TheoryData<PostResult, Posting> Refused => new()
    {
        { PostResult.InvalidText, TestBook.Pay("", s_board, 1) },
        { PostResult.InvalidText, TestBook.Pay("a key", s_board, 1) },
        { PostResult.InvalidText, TestBook.Pay(new string('k', Posting.MaxKeyLength + 1), s_board, 1) },
        { PostResult.InvalidText, TestBook.Pay("k", s_board, 1) with { Memo = "a\nb" } },
        { PostResult.InvalidCount, new Posting("k", 1, "", []) },
        { PostResult.InvalidAccount, TestBook.Pay("k", new Account("no spaces", LedgerUnit.MilliSatoshi), 1) },
        { PostResult.InvalidAccount, TestBook.Pay("k", new Account("", LedgerUnit.MilliSatoshi), 1) },
        { PostResult.InvalidAccount, TestBook.Pay("k", new Account("owner", LedgerUnit.Work), 1) },
        { PostResult.InvalidAccount, TestBook.Pay("k", Account.Owner with { MayOwe = true }, 1) },
        { PostResult.SameAccount, TestBook.Pay("k", Account.Chain, 1) },
        { PostResult.UnitsDiffer, TestBook.Pay("k", Account.DeviceWork("a"), 1) },
        { PostResult.InvalidAmount, TestBook.Pay("k", s_board, 0) },
        { PostResult.InvalidAmount, TestBook.Pay("k", s_board, long.MinValue) },
        { PostResult.Overdrawn, new Posting("k", 1, "", [new Entry(Account.Owner, s_board, 11)]) },
        { PostResult.Overdrawn, new Posting("k", 1, "",
            [new Entry(Account.Chain, s_board, 5), new Entry(Account.Owner, Account.Fees, 11)]) },
        { PostResult.UnitsDiffer, new Posting("k", 1, "",
            [new Entry(Account.Chain, s_board, 0), new Entry(Account.Chain, Account.DeviceWork("a"), 1)]) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task PostAsync_wrong_posting_is_refused_and_leaves_no_trace(PostResult expected, Posting posting)
    {
        using TestBook book = new();
        await book.Journal.PostAsync(TestBook.Pay("first", Account.Owner, 10));
        LedgerHead head = book.Journal.Head;

        Task<PostResult> wrong = book.Journal.PostAsync(posting);
        Task<PostResult> right = book.Journal.PostAsync(TestBook.Pay("second", Account.DeviceWork("a") with
        {
            Name = "device:a",
            Unit = LedgerUnit.MilliSatoshi,
        }, 3));

        Assert.Equal(expected, await wrong);
        Assert.Equal(head.Postings + 1, (await right, book.Journal.Head).Head.Postings);
        Assert.Equal(3, book.BalanceOf(Account.Device("a")));
        Assert.Equal(10, book.BalanceOf(Account.Owner));
        book.Reopen();
        Assert.Equal(3, book.Journal.AccountCount);
    }

    [Fact]
    public async Task PostAsync_overdraft_inside_a_posting_that_ends_well_is_booked()
    {
        using TestBook book = new();

        PostResult result = await book.Journal.PostAsync(new Posting("k", 1, "",
            [new Entry(Account.Pool, s_board, 5), new Entry(Account.Chain, Account.Pool, 5)]));

        Assert.Equal(PostResult.Posted, result);
        Assert.Equal(0, book.BalanceOf(Account.Pool));
    }

    [Fact]
    public async Task PostAsync_many_at_once_spend_a_balance_once()
    {
        using TestBook book = new();
        await book.Journal.PostAsync(TestBook.Pay("fund", s_board, 100));

        PostResult[] results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() =>
            book.Journal.PostAsync(new Posting($"pay:{i}", 1, "", [new Entry(s_board, Account.Owner, 10)])))));

        Assert.Equal(10, results.Count(result => result == PostResult.Posted));
        Assert.Equal(30, results.Count(result => result == PostResult.Overdrawn));
        Assert.Equal(0, book.BalanceOf(s_board));
        Assert.Equal(11, book.Verify().Postings);
    }

    [Fact]
    public async Task PostAsync_amounts_beyond_64_bits_add_up()
    {
        using TestBook book = new();
        for (int i = 0; i < 5; i++)
        {
            await book.Journal.PostAsync(TestBook.Pay($"k{i}", s_board, long.MaxValue));
        }

        book.Reopen();

        Assert.Equal((Int128)long.MaxValue * 5, book.BalanceOf(s_board));
    }

    [Fact]
    public async Task Statement_pages_through_an_accounts_own_entries()
    {
        using TestBook book = new();
        for (int i = 1; i <= 7; i++)
        {
            await book.Journal.PostAsync(TestBook.Pay($"block:{i}", s_board, i) with { Memo = $"block {i}" });
            await book.Journal.PostAsync(TestBook.Pay($"other:{i}", Account.Owner, i));
        }

        await book.Journal.PostAsync(new Posting("out", 1, "", [new Entry(s_board, Account.Payouts, 4)]));

        IReadOnlyList<StatementLine> first = book.Journal.Statement(s_board.Name, null, 3);
        IReadOnlyList<StatementLine> rest = book.Journal.Statement(s_board.Name, first[^1].Previous, 100);

        Assert.Equal([-4, 7, 6], first.Select(line => line.Amount));
        Assert.Equal([5, 4, 3, 2, 1], rest.Select(line => line.Amount));
        Assert.Equal(("payouts", "chain"), (first[0].Other, first[1].Other));
        Assert.Equal("block 7", first[1].Memo);
        Assert.Equal(0, rest[^1].Previous);
        Assert.Empty(book.Journal.Statement(s_board.Name, 2, 10));
        Assert.Empty(book.Journal.Statement("nobody", null, 10));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WalkWork_gives_work_alone_the_newest_first_and_stops_when_told(bool inMemory)
    {
        using TestBook book = new(inMemory);
        for (int i = 1; i <= 3; i++)
        {
            await book.Journal.PostAsync(new Posting($"work:{i}", 1, "",
            [
                new Entry(Account.Proofs, Account.DeviceWork("a"), i),
                new Entry(Account.Proofs, Account.DeviceWork("b"), 10 * i),
            ]));
            await book.Journal.PostAsync(TestBook.Pay($"block:{i}", s_board, i));
        }

        List<(long, string, long)> seen = [];
        book.Journal.WalkWork((posting, account, work) =>
        {
            seen.Add((posting, account.Name, work));
            return seen.Count < 4;
        });

        Assert.Equal([(5, "device:b:work", 30L), (5, "device:a:work", 3L), (3, "device:b:work", 20L),
            (3, "device:a:work", 2L)], seen);
    }

    [Theory]
    [InlineData(SQLitePCL.raw.SQLITE_FULL)]
    [InlineData(SQLitePCL.raw.SQLITE_IOERR)]
    public async Task PostAsync_commit_fails_is_tried_again_and_booked_once(int code)
    {
        string directory = Directory.CreateTempSubdirectory("ledger-test-").FullName;
        string path = Path.Combine(directory, "ledger.db");
        TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool broken = true;
        StorageException? Fault()
        {
            failed.TrySetResult();
            return Volatile.Read(ref broken) ? new StorageException(code, "test") : null;
        }

        using (Journal journal = Journal.Open(() => new FlakyStore(SqliteLedgerStore.Open(path), Fault)))
        {
            Task<PostResult> first = journal.PostAsync(TestBook.Pay("block:1", s_board, 700));
            Task<PostResult> second = journal.PostAsync(new Posting("x", 1, "", [new Entry(s_board, Account.Fees, 7)]));
            await failed.Task;
            LedgerHead early = journal.Head;
            Volatile.Write(ref broken, false);

            Assert.Equal((PostResult.Posted, PostResult.Posted), (await first, await second));
            Assert.Equal(0, early.Postings);
            Assert.Equal(2, journal.Head.Postings);
            Assert.Equal(693, journal.Find(s_board.Name)!.Value.Amount);
            Assert.Null(journal.Fault);
        }

        using (ILedgerStore store = SqliteLedgerStore.Open(path))
        {
            Assert.Equal(2, BookCheck.Verify(store).Head.Postings);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Open_another_book_in_its_place_is_noticed_before_anything_is_written()
    {
        using TestBook book = new(inMemory: true);
        await book.Journal.PostAsync(TestBook.Pay("k", s_board, 1));
        using ILedgerStore store = book.OpenStore();
        BookState state = BookCheck.Replay(store);

        Assert.Throws<StorageException>(() => new JournalWriter(new MemoryLedgerStore(), state));
    }
}
