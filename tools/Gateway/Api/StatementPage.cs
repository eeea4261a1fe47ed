using System.Globalization;
using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Gateway.Api;

/// <summary>A page of an account's entries, the newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">What to give as <c>before</c> for the next page; null on the last one.</param>
internal sealed record StatementPage(IReadOnlyList<StatementPage.Line> Entries, long? Next)
{
    public static StatementPage Of(IReadOnlyList<StatementLine> lines) => new(
        [.. lines.Select(line => new Line(line.Serial, line.Key, DateTimeOffset.FromUnixTimeMilliseconds(line.UnixMs),
            line.Memo, line.Other, line.Amount.ToString(CultureInfo.InvariantCulture)))],
        lines.Count > 0 && lines[^1].Previous > 0 ? lines[^1].Previous : null);

    /// <summary>An entry as its account sees it.</summary>
    /// <param name="Serial">The entry's number in the ledger.</param>
    /// <param name="Key">What happened.</param>
    /// <param name="Time">When.</param>
    /// <param name="Memo">A line for people.</param>
    /// <param name="Other">The account on the other side.</param>
    /// <param name="Amount">Digits: above zero for what was got, below for what was given.</param>
    internal sealed record Line(
        long Serial, string Key, DateTimeOffset Time, string Memo, string Other, string Amount);
}
