namespace MicroFirmware.Bitcoin;

/// <summary>How addresses of one chain are written.</summary>
/// <param name="Name">The chain's name, for messages.</param>
/// <param name="PubkeyHash">Version octet of an address that pays to a key's hash.</param>
/// <param name="ScriptHash">Version octet of an address that pays to a script's hash.</param>
/// <param name="Hrp">The part that begins a witness address (BIP 173); null where the chain has none.</param>
public sealed record AddressFormat(string Name, byte PubkeyHash, byte ScriptHash, string? Hrp)
{
    /// <summary>Bitcoin: <c>1…</c>, <c>3…</c>, <c>bc1…</c>.</summary>
    public static readonly AddressFormat Main = new("bitcoin", 0x00, 0x05, "bc");

    /// <summary>Bitcoin's test networks: <c>m…</c>, <c>n…</c>, <c>2…</c>, <c>tb1…</c>.</summary>
    public static readonly AddressFormat Test = new("bitcoin test", 0x6f, 0xc4, "tb");

    /// <summary>Signet writes addresses like the test networks (BIP 325).</summary>
    public static readonly AddressFormat Signet = new("bitcoin signet", 0x6f, 0xc4, "tb");

    /// <summary>Bitcoin Core's regression test chain: <c>bcrt1…</c>.</summary>
    public static readonly AddressFormat Regtest = new("bitcoin regtest", 0x6f, 0xc4, "bcrt");
}
