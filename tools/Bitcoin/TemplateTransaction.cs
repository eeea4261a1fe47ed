namespace MicroFirmware.Bitcoin;

/// <summary>A transaction that a template asks to include.</summary>
/// <param name="Txid">Its id, for the merkle root.</param>
/// <param name="Wtxid">Its id with witness, for the commitment.</param>
/// <param name="Data">The whole serialisation, witness included.</param>
public sealed record TemplateTransaction(Hash256 Txid, Hash256 Wtxid, byte[] Data);
