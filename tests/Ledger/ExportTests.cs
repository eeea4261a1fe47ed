using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Export;
using MicroFirmware.Ledger.Rewards;
using MicroFirmware.Ledger.Stores;

namespace MicroFirmware.Ledger.Tests;

public class ExportTests
{
    [Fact]
    public async Task Csv_of_a_block_is_a_line_an_entry() => Assert.Equal("""
        serial,posting,key,time,memo,debit,credit,amount,unit
        1,1,work:board-1:500,2027-01-15T08:00:00.000Z,,proofs,device:board-1:work,500,WORK
        2,2,block:00ff,2027-01-15T08:00:01.000Z,block 7,chain,pool,1000,MSAT
        3,2,block:00ff,2027-01-15T08:00:01.000Z,block 7,pool,fees,10,MSAT
        4,2,block:00ff,2027-01-15T08:00:01.000Z,block 7,pool,device:board-1,990,MSAT
        5,3,"a,""b",2027-01-16T08:00:00.000Z,'=1+1,chain,device:Odd_one,1,MSAT

        """.ReplaceLineEndings("\r\n"), await ExportAsync(CsvExport.Write));

    [Fact]
    public async Task Beancount_of_a_block_balances_and_asserts() => Assert.Equal("""
        option "title" "MicroFirmware ledger"
        option "operating_currency" "MSAT"
        1970-01-01 open Equity:Proofs WORK
        1970-01-01 open Liabilities:Device:Board-1:Work WORK
        2027-01-15 * "work:board-1:500"
          key: "work:board-1:500"
          Equity:Proofs 500 WORK
          Liabilities:Device:Board-1:Work -500 WORK
        1970-01-01 open Equity:Chain MSAT
        1970-01-01 open Liabilities:Pool MSAT
        1970-01-01 open Liabilities:Fees MSAT
        1970-01-01 open Liabilities:Device:Board-1 MSAT
        2027-01-15 * "block 7"
          key: "block:00ff"
          Equity:Chain 1000 MSAT
          Liabilities:Pool 0 MSAT
          Liabilities:Fees -10 MSAT
          Liabilities:Device:Board-1 -990 MSAT
        1970-01-01 open Liabilities:Device:Odd-one-n7 MSAT
        2027-01-16 * "=1+1"
          key: "a,\"b"
          Equity:Chain 1 MSAT
          Liabilities:Device:Odd-one-n7 -1 MSAT
        2027-01-17 balance Equity:Proofs 500 WORK
        2027-01-17 balance Liabilities:Device:Board-1:Work -500 WORK
        2027-01-17 balance Equity:Chain 1001 MSAT
        2027-01-17 balance Liabilities:Pool 0 MSAT
        2027-01-17 balance Liabilities:Fees -10 MSAT
        2027-01-17 balance Liabilities:Device:Board-1 -990 MSAT
        2027-01-17 balance Liabilities:Device:Odd-one-n7 -1 MSAT

        """.ReplaceLineEndings("\n"), await ExportAsync(BeancountExport.Write));

    private static async Task<string> ExportAsync(Action<IEnumerable<SealedPosting>, TextWriter> write)
    {
        using TestBook book = new();
        await book.Journal.PostAsync(Bookings.Work(
            1_800_000_000_000, [new("board-1", Account.Device("board-1"), 500, 500, 0)]));
        await book.Journal.PostAsync(
            Bookings.Block("00ff", 7, 1_800_000_001_000, 1000, 10, [new Credit("device:board-1", 990)]));
        await book.Journal.PostAsync(new Posting("a,\"b", 1_800_086_400_000, "=1+1",
            [new Entry(Account.Chain, Account.Device("Odd_one"), 1)]));
        using ILedgerStore store = book.OpenStore();
        StringWriter text = new();
        write(store.Read(1), text);
        return text.ToString();
    }
}
