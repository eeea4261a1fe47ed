using System.Globalization;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Export;

namespace MicroFirmware.Gateway.Api;

/// <summary>An account as the API shows it. Sums are digits in text: they have up to 128 bits.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit"><c>MSAT</c> or <c>WORK</c> (expected hashes).</param>
/// <param name="Balance">Credits less debits.</param>
/// <param name="Credits">All it ever got.</param>
/// <param name="Debits">All it ever gave.</param>
internal sealed record AccountReport(string Name, string Unit, string Balance, string Credits, string Debits)
{
    public static AccountReport Of(Balance balance) => new(
        balance.Account.Name,
        UnitText.Of(balance.Account.Unit),
        Digits(balance.Amount),
        Digits(balance.Credits),
        Digits(balance.Debits));

    private static string Digits(Int128 number) => number.ToString(CultureInfo.InvariantCulture);
}
