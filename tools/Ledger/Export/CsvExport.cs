using System.Globalization;
using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Ledger.Export;

/// <summary>
/// The book as a table (RFC 4180), an entry a line: <c>serial,posting,key,time,memo,debit,credit,amount,unit</c>.
/// </summary>
public static class CsvExport
{
    /// <summary>Writes a book.</summary>
    /// <param name="postings">All postings, from the first.</param>
    /// <param name="output">Gets a header and a line an entry.</param>
    public static void Write(IEnumerable<SealedPosting> postings, TextWriter output)
    {
        List<Account> accounts = [];
        output.Write("serial,posting,key,time,memo,debit,credit,amount,unit\r\n");
        foreach (SealedPosting posting in postings)
        {
            accounts.AddRange(posting.Opened.Select(opened => opened.Account));
            string time = DateTimeOffset.FromUnixTimeMilliseconds(posting.UnixMs)
                .ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            foreach (SealedEntry entry in posting.Entries)
            {
                (Account debit, Account credit) = (accounts[entry.Debit - 1], accounts[entry.Credit - 1]);
                output.Write(string.Create(CultureInfo.InvariantCulture,
                    $"{entry.Serial},{posting.Number},{Quote(posting.Key)},{time},{Quote(posting.Memo)},"));
                output.Write(string.Create(CultureInfo.InvariantCulture,
                    $"{debit.Name},{credit.Name},{entry.Amount},{UnitText.Of(debit.Unit)}\r\n"));
            }
        }
    }

    /// <summary>Quoted where it must be, and where a spreadsheet would take it for a formula.</summary>
    private static string Quote(string text)
    {
        string safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"")}\"" : safe;
    }
}
