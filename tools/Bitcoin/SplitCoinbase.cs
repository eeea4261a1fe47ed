namespace MicroFirmware.Bitcoin;

/// <summary>A coinbase without witness, in two parts with room for an extranonce between them: what Stratum calls
/// coinb1 and coinb2.</summary>
/// <param name="Prefix">Octets before the extranonce.</param>
/// <param name="ExtranonceSize">Octets of the extranonce.</param>
/// <param name="Suffix">Octets after it.</param>
public sealed record SplitCoinbase(byte[] Prefix, int ExtranonceSize, byte[] Suffix)
{
    // A coinbase that pays one has 200 octets; only one that pays many is larger than this.
    private const int MaxOnStack = 1_024;

    /// <summary>The txid that an extranonce gives.</summary>
    /// <exception cref="ArgumentException">The extranonce has not the size that was left open.</exception>
    public Hash256 Txid(ReadOnlySpan<byte> extranonce)
    {
        int length = Prefix.Length + ExtranonceSize + Suffix.Length;
        if (length > MaxOnStack || extranonce.Length != ExtranonceSize)
        {
            return Sha256d.Hash(Join(extranonce));
        }

        Span<byte> whole = stackalloc byte[length];
        Prefix.CopyTo(whole);
        extranonce.CopyTo(whole[Prefix.Length..]);
        Suffix.CopyTo(whole[(Prefix.Length + ExtranonceSize)..]);
        return Sha256d.Hash(whole);
    }

    /// <summary>The coinbase with an extranonce and, where the block commits to witnesses, its own witness.</summary>
    /// <param name="extranonce">What fills the room.</param>
    /// <param name="withWitness">Adds the one item of 32 zero octets that BIP 141 asks for.</param>
    /// <exception cref="ArgumentException">The extranonce has not the size that was left open.</exception>
    public Transaction ToTransaction(ReadOnlySpan<byte> extranonce, bool withWitness)
    {
        Transaction plain = Transaction.Parse(Join(extranonce));
        TransactionInput input = plain.Inputs[0] with { Witness = withWitness ? [new byte[Hash256.Size]] : [] };
        return new Transaction(plain.Version, [input], plain.Outputs, plain.LockTime);
    }

    private byte[] Join(ReadOnlySpan<byte> extranonce) => extranonce.Length == ExtranonceSize
        ? [.. Prefix, .. extranonce, .. Suffix]
        : throw new ArgumentException($"The extranonce has {extranonce.Length} octets instead of {ExtranonceSize}.");
}
