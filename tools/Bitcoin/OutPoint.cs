namespace MicroFirmware.Bitcoin;

/// <summary>One output of an earlier transaction.</summary>
/// <param name="Txid">That transaction's id.</param>
/// <param name="Index">Which of its outputs, from 0.</param>
public readonly record struct OutPoint(Hash256 Txid, uint Index)
{
    /// <summary>What a coinbase spends: nothing.</summary>
    public static readonly OutPoint Null = new(Hash256.Zero, uint.MaxValue);
}
