using System.Runtime.CompilerServices;

namespace MicroFirmware.Protocol.Tests;

/// <summary>The golden octets of <c>tests/vectors/protocol</c>, and the key and device they were made with.</summary>
internal static class Golden
{
    public const string Device = "kitchen-7";

    public static readonly byte[] Key = [.. Enumerable.Range(1, Limits.KeyLength).Select(i => (byte)i)];

    /// <summary>A file's lines that are not comments.</summary>
    public static string[] Lines(string name, [CallerFilePath] string path = "") =>
        [.. File.ReadLines(Path.Combine(Path.GetDirectoryName(path)!, "..", "vectors", "protocol", name + ".txt"))
            .Where(l => !l.StartsWith('#'))];

    /// <summary>A file's record.</summary>
    public static byte[] Octets(string name) => Convert.FromHexString(Lines(name).Single());
}
