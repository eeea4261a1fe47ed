using MicroFirmware.Ledger.Book;
using MicroFirmware.Storage;

namespace MicroFirmware.Ledger.Tests;

public class TamperTests
{
    private static readonly Account s_board = Account.Device("board-1");

    [Theory]
    [InlineData("UPDATE entries SET amount=amount+1 WHERE serial=3", 3)]
    [InlineData("UPDATE entries SET credit=credit+1 WHERE serial=2", 2)]
    [InlineData("UPDATE entries SET debit_previous=0 WHERE serial=4", 4)]
    [InlineData("UPDATE entries SET posting=posting-1 WHERE serial=5", 4)]
    [InlineData("DELETE FROM entries WHERE serial=6", 6)]
    [InlineData("UPDATE postings SET key='block:99' WHERE number=2", 2)]
    [InlineData("UPDATE postings SET memo='x' WHERE number=2", 2)]
    [InlineData("UPDATE postings SET unix_ms=unix_ms+1 WHERE number=5", 5)]
    [InlineData("UPDATE postings SET hash=zeroblob(32) WHERE number=3", 3)]
    [InlineData("UPDATE postings SET first_entry=1 WHERE number=3", 3)]
    [InlineData("DELETE FROM postings WHERE number=4", 5)]
    [InlineData("DELETE FROM postings WHERE number=6", 6)]
    [InlineData("DELETE FROM postings WHERE number=6; DELETE FROM entries WHERE posting=6", 6)]
    [InlineData("UPDATE accounts SET name='device:board-9' WHERE name='device:board-1'", 1)]
    [InlineData("UPDATE accounts SET may_owe=1 WHERE name='device:board-1'", 1)]
    [InlineData("UPDATE digests SET balances=zeroblob(32)", 6)]
    [InlineData("INSERT INTO entries VALUES(7, 7, 1, 2, 5, 6, 6)", 7)]
    public async Task Open_one_row_changed_names_the_posting(string change, long posting)
    {
        using TestBook book = new();
        for (int i = 1; i <= 6; i++)
        {
            await book.Journal.PostAsync(TestBook.Pay($"block:{i}", i % 3 == 0 ? Account.Owner : s_board, 100 * i));
        }

        book.Tamper(change);

        Assert.Equal(posting, Assert.Throws<LedgerDamagedException>(() => book.Verify()).Posting);
        Assert.Throws<LedgerDamagedException>(() => Journal.Open(book.OpenStore));
    }

    [Fact]
    public async Task Verify_chain_made_anew_does_not_have_the_head_that_was_noted()
    {
        using TestBook honest = new();
        using TestBook forged = new();
        await honest.Journal.PostAsync(TestBook.Pay("block:1", s_board, 100));
        string noted = honest.Journal.Head.Hash;
        await honest.Journal.PostAsync(TestBook.Pay("block:2", s_board, 100));
        await forged.Journal.PostAsync(TestBook.Pay("block:1", s_board, 99));
        await forged.Journal.PostAsync(TestBook.Pay("block:2", s_board, 100));

        Assert.Equal(2, honest.Verify(noted).Postings);
        Assert.Equal(2, forged.Verify().Postings);
        Assert.Throws<LedgerDamagedException>(() => forged.Verify(noted));
    }

    [Theory]
    [InlineData("UPDATE entries SET amount=1")]
    [InlineData("DELETE FROM postings")]
    [InlineData("UPDATE accounts SET name='x'")]
    public async Task Database_change_of_a_row_is_refused(string change)
    {
        using TestBook book = new();
        await book.Journal.PostAsync(TestBook.Pay("block:1", s_board, 100));
        using Database database = Database.Open(book.Path);

        Assert.Contains("append-only", Assert.Throws<StorageException>(() => database.Execute(change)).Message);
    }

    [Fact]
    public void Hash_of_a_posting_is_the_one_that_is_written_down()
    {
        // Made once by hand with sha256sum from the drawing in PostingHash.cs.
        SealedPosting posting = new(1, "k", 2, "m", [new OpenedAccount(1, Account.Chain)],
            [new SealedEntry(1, 1, 2, 3, 0, 0)], []);
        using PostingHash hashing = new();
        string octets = new string('0', 64) + "0100000000000000" + "0200000000000000" + "0100" + "6b" + "0100" + "6d"
            + "01000000" + "01000000" + "02" + "01" + "0500" + "636861696e"
            + "01000000" + "01000000" + "02000000" + "0300000000000000";

        byte[] expected = System.Security.Cryptography.SHA256.HashData(Convert.FromHexString(octets));

        Assert.Equal(expected, hashing.Of(PostingHash.Start, posting));
    }
}
