namespace MicroFirmware.Bitcoin;

/// <summary>Octets as groups of five bits, and those as characters: what BIP 173 and cash addresses share.</summary>
public static class BitGroups
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    /// <summary>Groups of five bits as text.</summary>
    public static string ToText(IEnumerable<byte> groups) => string.Concat(groups.Select(group => Alphabet[group]));

    /// <summary>The groups of lower-case text; null where a character is none of the alphabet.</summary>
    public static byte[]? FromText(string text)
    {
        int[] groups = [.. text.Select(c => Alphabet.IndexOf(c, StringComparison.Ordinal))];
        return groups.Contains(-1) ? null : [.. groups.Select(group => (byte)group)];
    }

    /// <summary>Regroups bits; null where the padding that is left over is not zero or holds a whole group.</summary>
    /// <param name="source">Groups of <paramref name="from"/> bits.</param>
    /// <param name="from">Bits of a group, up to 8.</param>
    /// <param name="to">Bits of a group, up to 8.</param>
    /// <param name="pad">Whether what is left over is filled up with zeros rather than checked.</param>
    public static byte[]? Regroup(ReadOnlySpan<byte> source, int from, int to, bool pad)
    {
        List<byte> groups = [];
        (uint bits, int count) = (0, 0);
        foreach (byte value in source)
        {
            bits = ((bits << from) | value) & 0xfff;
            count += from;
            while (count >= to)
            {
                count -= to;
                groups.Add((byte)((bits >> count) & ((1u << to) - 1)));
            }
        }

        uint rest = bits & ((1u << count) - 1);
        if (pad && count > 0)
        {
            groups.Add((byte)(rest << (to - count)));
        }

        return !pad && (count >= from || rest != 0) ? null : [.. groups];
    }
}
