namespace MicroFirmware.Bitcoin;

/// <summary>Addresses of Bitcoin Cash: a hash of 20 octets as text with a check of 40 bits (CashAddr specification).
/// </summary>
/// <remarks><code>
///   prefix ':' [version, hash: groups of 5 bits][check: 8 groups]
///   version    [0][type, 4 bits: 0 key hash, 1 script hash][size, 3 bits: 0 for 160 bits of hash]
/// </code>
/// Hashes longer than 160 bits are not read: no miner is paid to one.</remarks>
internal static class CashAddress
{
    public const int HashSize = 20;

    private const int CheckLength = 8;
    private const int DataLength = 34;

    private static readonly ulong[] s_generators =
        [0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8, 0x1e4f43e470];

    /// <summary>Writes a hash; type 0 pays to a key, 1 to a script.</summary>
    public static string Encode(string prefix, int type, ReadOnlySpan<byte> hash)
    {
        byte[] data = BitGroups.Regroup([(byte)(type << 3), .. hash], 8, 5, pad: true)!;
        ulong check = Polymod([.. Expand(prefix), .. data, .. new byte[CheckLength]]);
        IEnumerable<byte> checkGroups = Enumerable.Range(0, CheckLength)
            .Select(i => (byte)((check >> (5 * (CheckLength - 1 - i))) & 31));
        return prefix + ":" + BitGroups.ToText(data.Concat(checkGroups));
    }

    /// <summary>Reads a hash, with its prefix or without; false for every text with a mistake.</summary>
    public static bool TryDecode(string text, string prefix, out int type, out byte[] hash)
    {
        (type, hash) = (0, []);
        string lower = text.ToLowerInvariant();
        if (text != lower && text != text.ToUpperInvariant())
        {
            return false;
        }

        string groups = lower.StartsWith(prefix + ":", StringComparison.Ordinal) ? lower[(prefix.Length + 1)..] : lower;
        if (groups.Length != DataLength + CheckLength || BitGroups.FromText(groups) is not { } values
            || Polymod([.. Expand(prefix), .. values]) != 0)
        {
            return false;
        }

        byte[]? octets = BitGroups.Regroup(values.AsSpan(0, DataLength), 5, 8, pad: false);
        if (octets is not { Length: 1 + HashSize } || octets[0] is not (0 or 8))
        {
            return false;
        }

        (type, hash) = (octets[0] >> 3, octets[1..]);
        return true;
    }

    private static byte[] Expand(string prefix) => [.. prefix.Select(c => (byte)(c & 31)), 0];

    private static ulong Polymod(ReadOnlySpan<byte> values)
    {
        ulong check = 1;
        foreach (byte value in values)
        {
            int top = (int)(check >> 35);
            check = ((check & 0x07_ffff_ffff) << 5) ^ value;
            for (int i = 0; i < s_generators.Length; i++)
            {
                check ^= ((top >> i) & 1) != 0 ? s_generators[i] : 0;
            }
        }

        return check ^ 1;
    }
}
