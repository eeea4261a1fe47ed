namespace MicroFirmware.Lightning.Backends;

/// <summary>A stranger's words, fit for one line of ours.</summary>
internal static class Line
{
    private const int MaxLength = 200;

    public static string Of(string text)
    {
        string line = string.Concat(text.Take(MaxLength * 2).Where(c => !char.IsControl(c) && !char.IsSurrogate(c)));
        return line.Length <= MaxLength ? line : line[..MaxLength];
    }
}
