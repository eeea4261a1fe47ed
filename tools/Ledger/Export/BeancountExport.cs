using System.Globalization;
using System.Text;
using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Ledger.Export;

/// <summary>
/// The book as text for beancount (https://beancount.github.io/docs/beancount_language_syntax.html): accounts of the
/// world outside under <c>Equity</c>, all others under <c>Liabilities</c>, because they are owed. A posting is a
/// transaction with its key as metadata; of each account it names the sum. Every balance is asserted at the end.
/// </summary>
public sealed class BeancountExport
{
    private readonly TextWriter _output;
    private readonly List<(string Name, string Unit, Int128 Balance)> _accounts = [];
    private DateOnly _lastDate = DateOnly.MinValue;

    private BeancountExport(TextWriter output) => _output = output;

    /// <summary>Writes a book.</summary>
    /// <param name="postings">All postings, from the first.</param>
    /// <param name="output">Gets the text.</param>
    public static void Write(IEnumerable<SealedPosting> postings, TextWriter output)
    {
        BeancountExport export = new(output);
        output.Write("option \"title\" \"MicroFirmware ledger\"\noption \"operating_currency\" \"MSAT\"\n");
        foreach (SealedPosting posting in postings)
        {
            export.Write(posting);
        }

        export.WriteBalances();
    }

    private void Write(SealedPosting posting)
    {
        DateOnly date = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(posting.UnixMs).UtcDateTime);
        _lastDate = date > _lastDate ? date : _lastDate;
        foreach (OpenedAccount opened in posting.Opened)
        {
            string unit = UnitText.Of(opened.Account.Unit);
            _accounts.Add((NameOf(opened), unit, 0));

            // A clock that was set back must not put an entry before its account: the first day there is comes first.
            _output.Write($"1970-01-01 open {_accounts[^1].Name} {unit}\n");
        }

        string narration = posting.Memo.Length > 0 ? posting.Memo : posting.Key;
        _output.Write($"{DateText(date)} * {Quote(narration)}\n  key: {Quote(posting.Key)}\n");
        foreach ((int account, Int128 sum) in Sums(posting.Entries))
        {
            (string name, string unit, Int128 balance) = _accounts[account - 1];
            _accounts[account - 1] = (name, unit, balance + sum);
            _output.Write(string.Create(CultureInfo.InvariantCulture, $"  {name} {sum} {unit}\n"));
        }
    }

    /// <summary>A debit counts up and a credit down, as everywhere in beancount.</summary>
    private static SortedDictionary<int, Int128> Sums(IReadOnlyList<SealedEntry> entries)
    {
        SortedDictionary<int, Int128> sums = [];
        foreach (SealedEntry entry in entries)
        {
            sums[entry.Debit] = sums.GetValueOrDefault(entry.Debit) + entry.Amount;
            sums[entry.Credit] = sums.GetValueOrDefault(entry.Credit) - entry.Amount;
        }

        return sums;
    }

    private void WriteBalances()
    {
        // A balance is asserted at the beginning of its day.
        foreach ((string name, string unit, Int128 balance) in _accounts)
        {
            _output.Write(string.Create(CultureInfo.InvariantCulture,
                $"{DateText(_lastDate.AddDays(1))} balance {name} {balance} {unit}\n"));
        }
    }

    /// <summary>Parts begin with a capital and hold letters, digits and hyphens; where two names could become one, the
    /// account's number keeps them apart.</summary>
    private static string NameOf(OpenedAccount opened)
    {
        StringBuilder name = new(opened.Account.MayOwe ? "Equity" : "Liabilities");
        bool exact = true;
        foreach (string part in opened.Account.Name.Split(':'))
        {
            name.Append(':');
            char first = part.Length > 0 ? part[0] : '-';
            exact &= char.IsAsciiLetterLower(first) || char.IsAsciiDigit(first);
            name.Append(char.IsAsciiLetterOrDigit(first) ? char.ToUpperInvariant(first) : 'X');
            foreach (char c in part.Skip(1))
            {
                exact &= char.IsAsciiLetterOrDigit(c) || c == '-';
                name.Append(char.IsAsciiLetterOrDigit(c) ? c : '-');
            }
        }

        return exact && !opened.Account.Name.Contains("-n", StringComparison.Ordinal)
            ? name.ToString()
            : name.Append(CultureInfo.InvariantCulture, $"-n{opened.Number}").ToString();
    }

    private static string DateText(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
