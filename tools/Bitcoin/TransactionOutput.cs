namespace MicroFirmware.Bitcoin;

/// <summary>What a transaction creates.</summary>
/// <param name="Value">Satoshi.</param>
/// <param name="Script">Who may spend it.</param>
public sealed record TransactionOutput(ulong Value, byte[] Script);
