namespace MicroFirmware.Bitcoin;

/// <summary>What a transaction spends.</summary>
/// <param name="Previous">The output that is spent.</param>
/// <param name="Script">Signature script; of a coinbase, its free text.</param>
/// <param name="Sequence">Lock and replacement rules (BIP 68, BIP 125); 0xffffffff for none.</param>
public sealed record TransactionInput(OutPoint Previous, byte[] Script, uint Sequence)
{
    /// <summary>A sequence that switches every lock off.</summary>
    public const uint FinalSequence = uint.MaxValue;

    /// <summary>The witness stack (BIP 141); empty for none.</summary>
    public IReadOnlyList<byte[]> Witness { get; init; } = [];
}
