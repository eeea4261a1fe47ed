using System.Globalization;
using System.Text;
using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// A statement as a table for spreadsheets (RFC 4180). Texts that a spreadsheet would take for a formula get an
/// apostrophe before them: payees choose some of them.
/// </summary>
internal static class StatementCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private const string Header = "entry,time,key,other,amount,memo";
    private const int Page = 1_000;

    /// <summary>Writes all entries of an account, the newest first; memory holds a page of them.</summary>
    public static async Task WriteAsync(Journal ledger, string account, Stream body, CancellationToken cancel)
    {
        await using StreamWriter text = new(body, new UTF8Encoding(false)) { NewLine = "\r\n" };
        await text.WriteLineAsync(Header);
        long? before = null;
        while (before != 0)
        {
            IReadOnlyList<StatementLine> lines = ledger.Statement(account, before, Page);
            foreach (StatementLine line in lines)
            {
                await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{line.Serial},{DateTimeOffset.FromUnixTimeMilliseconds(line.UnixMs):O},{Cell(line.Key)},"
                    + $"{Cell(line.Other)},{line.Amount},{Cell(line.Memo)}").AsMemory(), cancel);
            }

            before = lines.Count > 0 ? lines[^1].Previous : 0;
        }
    }

    private static string Cell(string text)
    {
        string safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"")}\"";
    }
}
