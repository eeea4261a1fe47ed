namespace MicroFirmware.Bitcoin;

/// <summary>A witness program as text that finds up to four wrong characters (BIP 173, and BIP 350 from version 1 on).
/// </summary>
public static class Bech32
{
    /// <summary>Characters of the longest text allowed (BIP 173).</summary>
    public const int MaxLength = 90;

    private const int CheckLength = 6;
    private const int MaxVersion = 16;

    /// <summary>What the check of a good text comes to: version 0 (BIP 173).</summary>
    private const uint Bech32Constant = 1;

    /// <summary>What the check of a good text comes to: versions 1 to 16 (BIP 350).</summary>
    private const uint Bech32mConstant = 0x2bc8_30a3;

    private static readonly uint[] s_generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>Writes a witness program.</summary>
    /// <param name="hrp">The part that names the chain, lower case: <c>bc</c>, <c>tb</c>, <c>bcrt</c>.</param>
    /// <param name="version">0 to 16.</param>
    /// <param name="program">2 to 40 octets; 20 or 32 in version 0.</param>
    /// <exception cref="ArgumentException">No such version or program.</exception>
    public static string Encode(string hrp, int version, ReadOnlySpan<byte> program)
    {
        if (!IsProgram(version, program.Length))
        {
            throw new ArgumentException($"A program of {program.Length} octets in version {version} is not possible.");
        }

        byte[] values = [(byte)version, .. BitGroups.Regroup(program, 8, 5, pad: true)!];
        uint check = Polymod([.. Expand(hrp), .. values, .. new byte[CheckLength]]) ^ ConstantOf(version);
        return hrp + "1" + BitGroups.ToText(values.Concat(CheckGroups(check)));
    }

    /// <summary>Reads a witness program; false for every text that BIP 173 and BIP 350 refuse.</summary>
    /// <param name="text">All lower case or all upper case.</param>
    /// <param name="hrp">The part that must name the chain, lower case.</param>
    /// <param name="version">0 to 16.</param>
    /// <param name="program">2 to 40 octets.</param>
    public static bool TryDecode(string text, string hrp, out int version, out byte[] program)
    {
        (version, program) = (0, []);
        string lower = text.ToLowerInvariant();
        bool mixed = text != lower && text != text.ToUpperInvariant();
        int separator = lower.LastIndexOf('1');
        if (mixed || text.Length > MaxLength || separator < 0 || lower[..separator] != hrp)
        {
            return false;
        }

        byte[]? values = BitGroups.FromText(lower[(separator + 1)..]);
        if (values is null || values.Length < CheckLength + 1 || values[0] > MaxVersion
            || Polymod([.. Expand(hrp), .. values]) != ConstantOf(values[0]))
        {
            return false;
        }

        byte[]? octets = BitGroups.Regroup(values.AsSpan(1..^CheckLength), 5, 8, pad: false);
        if (octets is null || !IsProgram(values[0], octets.Length))
        {
            return false;
        }

        (version, program) = (values[0], octets);
        return true;
    }

    /// <summary>Writes groups of five bits under a prefix, of any length: what BOLT 11 and LNURL build on (BIP 173).
    /// </summary>
    /// <param name="hrp">The part before the separator, lower case.</param>
    /// <param name="groups">Five bits each.</param>
    public static string EncodeGroups(string hrp, ReadOnlySpan<byte> groups)
    {
        uint check = Polymod([.. Expand(hrp), .. groups, .. new byte[CheckLength]]) ^ Bech32Constant;
        return hrp + "1" + BitGroups.ToText([.. groups, .. CheckGroups(check)]);
    }

    /// <summary>Reads what <see cref="EncodeGroups"/> writes; false where case is mixed, a character is unknown or the
    /// check fails (BIP 173, its limit of 90 characters excepted).</summary>
    /// <param name="text">All lower case or all upper case.</param>
    /// <param name="maxLength">Characters that are still read.</param>
    /// <param name="hrp">The part before the separator, lower case.</param>
    /// <param name="groups">Five bits each, the check not among them.</param>
    public static bool TryDecodeGroups(string text, int maxLength, out string hrp, out byte[] groups)
    {
        (hrp, groups) = ("", []);
        string lower = text.ToLowerInvariant();
        int separator = lower.LastIndexOf('1');
        bool mixed = text != lower && text != text.ToUpperInvariant();
        if (mixed || text.Length > maxLength || separator < 1 || !lower[..separator].All(c => c is >= '!' and <= '~')
            || BitGroups.FromText(lower[(separator + 1)..]) is not { Length: >= CheckLength } values
            || Polymod([.. Expand(lower[..separator]), .. values]) != Bech32Constant)
        {
            return false;
        }

        (hrp, groups) = (lower[..separator], values[..^CheckLength]);
        return true;
    }

    private static IEnumerable<byte> CheckGroups(uint check) => Enumerable.Range(0, CheckLength)
        .Select(i => (byte)((check >> (5 * (CheckLength - 1 - i))) & 31));

    private static uint ConstantOf(int version) => version == 0 ? Bech32Constant : Bech32mConstant;

    private static bool IsProgram(int version, int length) => version is >= 0 and <= MaxVersion
        && (version == 0 ? length is 20 or 32 : length is >= 2 and <= 40);

    private static byte[] Expand(string hrp) =>
        [.. hrp.Select(c => (byte)(c >> 5)), 0, .. hrp.Select(c => (byte)(c & 31))];

    private static uint Polymod(ReadOnlySpan<byte> values)
    {
        uint check = 1;
        foreach (byte value in values)
        {
            uint top = check >> 25;
            check = ((check & 0x01ff_ffff) << 5) ^ value;
            for (int i = 0; i < s_generators.Length; i++)
            {
                check ^= ((top >> i) & 1) != 0 ? s_generators[i] : 0;
            }
        }

        return check;
    }
}
