using MicroFirmware.KernelForge.Programs;

namespace MicroFirmware.KernelForge.Images;

/// <summary>One image to build.</summary>
/// <param name="Chip">Id of the chip.</param>
/// <param name="Kernel">Name of the scanner.</param>
/// <param name="Entry">File in hardware/kernels/entries, without .cpp.</param>
/// <param name="Loop">The generated loop it consists of, if any.</param>
internal sealed record KernelPlan(string Chip, string Kernel, string Entry, LoopDesign? Loop = null)
{
    /// <summary>The kernels whose loops it contains and chooses from, from the safest to the fastest.</summary>
    public IReadOnlyList<string> Rungs { get; init; } = [];

    /// <summary>File name of the image.</summary>
    public string File => $"{Chip}-{Kernel}.bin";
}
