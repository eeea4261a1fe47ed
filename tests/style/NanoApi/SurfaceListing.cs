namespace MicroFirmware.Style.Tests.NanoApi;

/// <summary>
/// The public surface of one nanoFramework package as tests/vectors/nano-api lists it. A file reads: comment, then
/// <c>assembly NAME VERSION</c>, then for each type <c>NAMESPACE :: DECLARATION</c> and its members, indented.
/// </summary>
internal sealed class SurfaceListing
{
    private const string Folder = "tests/vectors/nano-api";

    private SurfaceListing(string file, string[] lines)
    {
        Package = Path.GetFileNameWithoutExtension(file);
        string[] words = lines.First(l => l.StartsWith("assembly ")).Split(' ');
        Assembly = words[1];
        Version = words[2];
        Members = Flatten(lines).ToHashSet();
    }

    public static IReadOnlyList<SurfaceListing> All { get; } = [.. Repository.Files(Folder)
        .Where(f => f.EndsWith(".txt", StringComparison.Ordinal))
        .Select(f => new SurfaceListing(f, File.ReadAllLines(Repository.Absolute(f))))];

    public string Package { get; }

    public string Assembly { get; }

    public string Version { get; }

    /// <summary>One text for each type and each member, as <see cref="PublicSurface"/> writes them.</summary>
    public IReadOnlySet<string> Members { get; }

    private static IEnumerable<string> Flatten(string[] lines)
    {
        string type = "";
        foreach (string line in lines)
        {
            if (line.Contains(" :: "))
            {
                string[] parts = line.Split(" : ", 2);
                string[] bases = parts.Length == 2 ? parts[1].Split(", ") : [];
                type = parts[0];
                yield return PublicSurface.TypeLine(parts[0], bases);
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                foreach (string member in type.Contains(":: enum ") ? line.Trim().Split(", ") : [line.Trim()])
                {
                    yield return $"{type} | {member}";
                }
            }
        }
    }
}
