using System.Runtime.CompilerServices;

namespace MicroFirmware.Mqtt.Tests;

/// <summary>Lines of a file in tests/vectors/mqtt: fields between bars, comments after <c>#</c>.</summary>
internal static class Vectors
{
    public static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(Path.Combine(Folder(), "..", "vectors", "mqtt", file))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split('|').Select(f => f.Trim()).ToArray());

    public static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", ""));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
