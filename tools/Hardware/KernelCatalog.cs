using System.Text.Json.Nodes;

namespace MicroFirmware.Hardware;

/// <summary>The scanners' images that this assembly carries.</summary>
public static class KernelCatalog
{
    private static readonly Lazy<KernelManifest> s_manifest = new(ReadManifest);

    /// <summary>What there is.</summary>
    public static KernelManifest Manifest => s_manifest.Value;

    /// <summary>The image of a kernel for a chip.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists the chip's kernels.</exception>
    public static KernelImage Find(string chip, string kernel) =>
        Manifest.Images.FirstOrDefault(image => image.Chip == chip && image.Kernel == kernel)
        ?? throw new KeyNotFoundException(
            $"There is no kernel '{kernel}' for '{chip}'; known: {string.Join(", ", Kernels(chip))}.");

    /// <summary>The octets to load at <see cref="KernelImage.Base"/>.</summary>
    public static byte[] Read(KernelImage image)
    {
        using var stream = Open(image.File);
        var octets = new byte[stream.Length];
        stream.ReadExactly(octets);
        return octets;
    }

    private static IEnumerable<string> Kernels(string chip) =>
        Manifest.Images.Where(image => image.Chip == chip).Select(image => image.Kernel);

    private static KernelManifest ReadManifest()
    {
        using var stream = Open("manifest.json");
        return HardwareJson.Read<KernelManifest>((JsonObject)JsonNode.Parse(stream)!);
    }

    private static Stream Open(string file) =>
        typeof(KernelCatalog).Assembly.GetManifestResourceStream("kernels/" + file)
        ?? throw new FileNotFoundException(
            $"hardware/kernels/images/{file} is not there; run hardware/kernels/build.", file);
}
