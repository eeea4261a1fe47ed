namespace MicroFirmware.Bitcoin;

/// <summary>How addresses of one chain are written.</summary>
/// <param name="PubkeyHash">Version octet of an address that pays to a key's hash.</param>
/// <param name="ScriptHash">Version octet of an address that pays to a script's hash.</param>
/// <param name="Hrp">The part that begins a witness address (BIP 173); null where the chain has none.</param>
/// <param name="CashPrefix">The prefix of cash addresses; null where the chain has none.</param>
public sealed record AddressFormat(byte PubkeyHash, byte ScriptHash, string? Hrp, string? CashPrefix);
