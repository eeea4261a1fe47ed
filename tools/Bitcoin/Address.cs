namespace MicroFirmware.Bitcoin;

/// <summary>Addresses to output scripts and back.</summary>
/// <remarks><code>
///   key hash       OP_DUP OP_HASH160 [14][20 octets] OP_EQUALVERIFY OP_CHECKSIG
///   script hash    OP_HASH160 [14][20 octets] OP_EQUAL
///   witness        OP_0 or OP_1 .. OP_16, [length][2 to 40 octets]
/// </code></remarks>
public static class Address
{
    private const int HashSize = 20;
    private const byte OpOne = 0x51;

    /// <summary>The script that pays to an address; false where it is none of this chain's.</summary>
    public static bool TryToScript(string address, AddressFormat format, out byte[] script)
    {
        script = [];
        if (format.Hrp is { } hrp && Bech32.TryDecode(address, hrp, out int version, out byte[] program))
        {
            script = [WitnessOpcode(version), (byte)program.Length, .. program];
        }
        else if (format.CashPrefix is { } prefix
            && CashAddress.TryDecode(address, prefix, out int type, out byte[] hash))
        {
            script = type == 0 ? PayToKey(hash) : PayToScript(hash);
        }
        else if (Base58Check.TryDecode(address, out byte[] payload) && payload.Length == 1 + HashSize)
        {
            script = payload[0] == format.PubkeyHash ? PayToKey(payload[1..])
                : payload[0] == format.ScriptHash ? PayToScript(payload[1..])
                : [];
        }

        return script.Length > 0;
    }

    /// <summary>The script that pays to an address.</summary>
    /// <exception cref="FormatException">It is no address of this coin.</exception>
    public static byte[] ToScript(string address, Coin coin) =>
        TryToScript(address, coin.Addresses, out byte[] script)
            ? script
            : throw new FormatException($"'{address}' is no {coin.Title} address: check it for a typing error.");

    /// <summary>The address that a script pays to; null where it has none.</summary>
    public static string? FromScript(ReadOnlySpan<byte> script, AddressFormat format) => script switch
    {
        [0x76, 0xa9, HashSize, .. var hash, 0x88, 0xac] when hash.Length == HashSize =>
            FromHash(hash, 0, format.PubkeyHash, format.CashPrefix),
        [0xa9, HashSize, .. var hash, 0x87] when hash.Length == HashSize =>
            FromHash(hash, 1, format.ScriptHash, format.CashPrefix),
        [0, 20 or 32, .. var program] when format.Hrp is not null && program.Length == script[1] =>
            Bech32.Encode(format.Hrp, 0, program),
        [>= OpOne and <= OpOne + 15, >= 2 and <= 40, .. var program]
            when format.Hrp is not null && program.Length == script[1] =>
            Bech32.Encode(format.Hrp, script[0] - OpOne + 1, program),
        _ => null,
    };

    private static string FromHash(ReadOnlySpan<byte> hash, int cashType, byte version, string? cashPrefix) =>
        cashPrefix is null ? Base58Check.Encode([version, .. hash]) : CashAddress.Encode(cashPrefix, cashType, hash);

    private static byte[] PayToKey(byte[] hash) => [0x76, 0xa9, HashSize, .. hash, 0x88, 0xac];

    private static byte[] PayToScript(byte[] hash) => [0xa9, HashSize, .. hash, 0x87];

    private static byte WitnessOpcode(int version) => (byte)(version == 0 ? 0 : OpOne + version - 1);
}
