namespace MicroFirmware.Micro.Flash;

/// <summary>One call of nanoff.</summary>
/// <param name="What">What it does, in a few words.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record FlashStep(string What, IReadOnlyList<string> Arguments)
{
    /// <summary>As it would be typed.</summary>
    public string CommandLine(string program) =>
        string.Join(' ', new[] { program }.Concat(Arguments).Select(Quote));

    private static string Quote(string word) => word.Any(char.IsWhiteSpace) ? $"\"{word}\"" : word;
}
