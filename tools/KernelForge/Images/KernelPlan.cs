namespace MicroFirmware.KernelForge.Images;

/// <summary>One image to build.</summary>
/// <param name="Chip">Id of the chip.</param>
/// <param name="Kernel">Name of the scanner.</param>
/// <param name="Entry">File in hardware/kernels/entries, without .cpp.</param>
internal sealed record KernelPlan(string Chip, string Kernel, string Entry)
{
    /// <summary>File name of the image.</summary>
    public string File => $"{Chip}-{Kernel}.bin";
}
