namespace MicroFirmware.Ledger.Book;

/// <summary>Where an account stands.</summary>
/// <param name="Account">The account.</param>
/// <param name="Debits">All it ever gave.</param>
/// <param name="Credits">All it ever got.</param>
/// <param name="LastSerial">The last entry that touched it; 0 for none.</param>
public readonly record struct Balance(Account Account, Int128 Debits, Int128 Credits, long LastSerial)
{
    /// <summary>Credits less debits.</summary>
    public Int128 Amount => checked(Credits - Debits);
}
