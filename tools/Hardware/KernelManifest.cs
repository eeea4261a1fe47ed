namespace MicroFirmware.Hardware;

/// <summary>
/// hardware/kernels/images/manifest.json: what images there are and which sources they were made from.
/// </summary>
/// <param name="Sources">SHA-256 over everything the images depend on, lower-case hexadecimal.</param>
/// <param name="Images">The images, by chip and kernel.</param>
public sealed record KernelManifest(string Sources, IReadOnlyList<KernelImage> Images)
{
    /// <summary>The file's content.</summary>
    public string ToJson() => HardwareJson.Write(this);
}
