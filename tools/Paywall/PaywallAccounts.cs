using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Paywall;

/// <summary>The ledger's accounts that only the paywall uses.</summary>
public static class PaywallAccounts
{
    /// <summary>Minus what readers paid by Lightning: it lies in the node's channels.</summary>
    public static Account Lightning { get; } = new("lightning", LedgerUnit.MilliSatoshi, MayOwe: true);

    /// <summary>What a site, or one of its authors, has earned.</summary>
    /// <param name="name">As <see cref="Account.NameOf"/> writes it.</param>
    public static Account Site(string name) => new("site:" + name, LedgerUnit.MilliSatoshi);
}
