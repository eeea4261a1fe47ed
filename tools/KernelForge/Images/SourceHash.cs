using System.Security.Cryptography;
using System.Text;
using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Images;

/// <summary>A digest of everything the images depend on, apart from the compilers.</summary>
internal static class SourceHash
{
    private static readonly string[] s_patterns = ["*.h", "*.cpp", "*.ld"];

    /// <summary>Hashes the C++ sources, this generator's sources and what it reads of the chips.</summary>
    /// <param name="repository">The checkout.</param>
    /// <returns>SHA-256 in lower-case hexadecimal.</returns>
    public static string Of(string repository)
    {
        var kernels = Path.Combine(repository, "hardware", "kernels");
        var generator = Path.Combine(repository, "tools", "KernelForge");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in s_patterns.SelectMany(pattern => Files(kernels, pattern)).Concat(Files(generator, "*.cs")))
        {
            Append(hash, Path.GetRelativePath(repository, file).Replace('\\', '/'), File.ReadAllText(file));
        }

        foreach (var chip in HardwareCatalog.Chips)
        {
            var timing = string.Join(' ', chip.Sha.Timing.Grid());
            Append(hash, chip.Id, $"{chip.Isa} {chip.Memory} {chip.Sha.Engine} {chip.Sha.Timing.Default} {timing}");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)
                .Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static void Append(IncrementalHash hash, string name, string text) =>
        hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{text.ReplaceLineEndings("\n")}\0"));
}
