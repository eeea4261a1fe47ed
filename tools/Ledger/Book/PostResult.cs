namespace MicroFirmware.Ledger.Book;

/// <summary>What became of a posting. Where several reasons apply, the first one of this list is given.</summary>
public enum PostResult
{
    /// <summary>It is in the book and on the disk.</summary>
    Posted,

    /// <summary>It was in the book already, with the same entries; nothing was changed.</summary>
    AlreadyPosted,

    /// <summary>The key or the memo cannot be written.</summary>
    InvalidText,

    /// <summary>It has no entries, or too many.</summary>
    InvalidCount,

    /// <summary>Its key is taken by a posting with other entries.</summary>
    KeyTaken,

    /// <summary>An account's name cannot be written, or the account is known with another unit or right to owe.
    /// </summary>
    InvalidAccount,

    /// <summary>An entry gives and gets on the same account.</summary>
    SameAccount,

    /// <summary>An entry's accounts count different things.</summary>
    UnitsDiffer,

    /// <summary>An amount is below 1.</summary>
    InvalidAmount,

    /// <summary>After it an account that may not owe would.</summary>
    Overdrawn,

    /// <summary>A sum would leave 128 bits.</summary>
    Overflow,
}
