namespace MicroFirmware.Ledger.Book;

/// <summary>What an account counts. The numbers are in the store and in the chain of hashes.</summary>
public enum LedgerUnit : byte
{
    /// <summary>Expected hashes.</summary>
    Work = 1,

    /// <summary>Thousandths of a satoshi.</summary>
    MilliSatoshi = 2,
}
