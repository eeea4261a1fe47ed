namespace MicroFirmware.Bitcoin;

/// <summary>Addresses to output scripts and back.</summary>
/// <remarks><code>
///   key hash       OP_DUP OP_HASH160 [14][20 octets] OP_EQUALVERIFY OP_CHECKSIG
///   script hash    OP_HASH160 [14][20 octets] OP_EQUAL
///   witness        OP_0 or OP_1 .. OP_16, [length][2 to 40 octets]
/// </code></remarks>
public static class Address
{
    private const int KeyHashSize = 20;
    private const byte OpOne = 0x51;

    /// <summary>The script that pays to an address; false where it is none of this chain's.</summary>
    public static bool TryToScript(string address, AddressFormat format, out byte[] script)
    {
        script = [];
        if (format.Hrp is { } hrp && Bech32.TryDecode(address, hrp, out int version, out byte[] program))
        {
            script = [WitnessOpcode(version), (byte)program.Length, .. program];
        }
        else if (Base58Check.TryDecode(address, out byte[] payload) && payload.Length == 1 + KeyHashSize)
        {
            script = payload[0] == format.PubkeyHash ? [0x76, 0xa9, KeyHashSize, .. payload[1..], 0x88, 0xac]
                : payload[0] == format.ScriptHash ? [0xa9, KeyHashSize, .. payload[1..], 0x87]
                : [];
        }

        return script.Length > 0;
    }

    /// <summary>The script that pays to an address.</summary>
    /// <exception cref="FormatException">It is no address of this chain.</exception>
    public static byte[] ToScript(string address, AddressFormat format) =>
        TryToScript(address, format, out byte[] script)
            ? script
            : throw new FormatException($"'{address}' is no {format.Name} address: check it for a typing error.");

    /// <summary>The address that a script pays to; null where it has none.</summary>
    public static string? FromScript(ReadOnlySpan<byte> script, AddressFormat format) => script switch
    {
        [0x76, 0xa9, KeyHashSize, .. var hash, 0x88, 0xac] when hash.Length == KeyHashSize =>
            Base58Check.Encode([format.PubkeyHash, .. hash]),
        [0xa9, KeyHashSize, .. var hash, 0x87] when hash.Length == KeyHashSize =>
            Base58Check.Encode([format.ScriptHash, .. hash]),
        [0, 20 or 32, .. var program] when format.Hrp is not null && program.Length == script[1] =>
            Bech32.Encode(format.Hrp, 0, program),
        [>= OpOne and <= OpOne + 15, >= 2 and <= 40, .. var program]
            when format.Hrp is not null && program.Length == script[1] =>
            Bech32.Encode(format.Hrp, script[0] - OpOne + 1, program),
        _ => null,
    };

    private static byte WitnessOpcode(int version) => (byte)(version == 0 ? 0 : OpOne + version - 1);
}
