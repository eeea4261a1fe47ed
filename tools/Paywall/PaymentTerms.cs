using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Paywall;

/// <summary>What a page costs, and what is had for it.</summary>
/// <param name="PriceMsat">Thousandths of a satoshi, 1 or more.</param>
/// <param name="Payee">The account that is credited, such as <see cref="PaywallAccounts.Site"/>.</param>
public sealed record PaymentTerms(long PriceMsat, Account Payee)
{
    /// <summary>How long a token is good once it was asked for. Default: an hour, what an invoice lasts (BOLT 11).
    /// </summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many requests a token is good for; null, the default, for as many as one likes until it expires.
    /// Each counted one waits for the disk.</summary>
    public long? Uses { get; init; }

    /// <summary>What a token opens: a path, or everything below one that ends with a slash. Null, the default, for the
    /// path that was asked for. Queries do not count: <c>/page?id=1</c> and <c>/page?id=2</c> are one path.</summary>
    public string? Path { get; init; }

    /// <summary>What the invoice says it is for.</summary>
    public string Description { get; init; } = "a page";

    /// <exception cref="ArgumentException">Something is out of range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PriceMsat, 1, nameof(PriceMsat));
        ArgumentOutOfRangeException.ThrowIfLessThan(Validity, TimeSpan.FromSeconds(1), nameof(Validity));
        ArgumentOutOfRangeException.ThrowIfLessThan(Uses ?? 1, 1, nameof(Uses));
        bool isPayee = Payee is { IsValid: true, Unit: LedgerUnit.MilliSatoshi };
        if (!isPayee || Path is not (null or ['/', ..]))
        {
            throw new ArgumentException("A payee holds millisatoshi, and a path begins with a slash.");
        }
    }
}
