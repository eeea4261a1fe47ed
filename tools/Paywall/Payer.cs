using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Paywall;

/// <summary>Somebody who pays with a balance.</summary>
/// <param name="Account">What is debited.</param>
/// <param name="Key">32 octets that only the payer and this paywall know; never logged.</param>
public sealed record Payer(Account Account, byte[] Key)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => Account.Name;
}
