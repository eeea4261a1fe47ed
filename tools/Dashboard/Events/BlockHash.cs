using System.Text.RegularExpressions;

namespace MicroFirmware.Dashboard.Events;

/// <summary>Hashes of blocks in sentences: 64 hexadecimal digits are more than people read.</summary>
internal static partial class BlockHash
{
    private const int DigitsShown = 12;

    /// <summary>The end of a hash, which is what differs: the beginning is zeros.</summary>
    public static string Short(string hash) => "…" + hash[^DigitsShown..];

    /// <summary>The first hash in a text.</summary>
    public static Match In(string text) => Pattern().Match(text);

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Pattern();
}
