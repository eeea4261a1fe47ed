namespace MicroFirmware.Hardware;

/// <summary>
/// A flat image of one scanner for one chip: code and constants in one block, entered by a plain call with the C ABI
/// (RISC-V: ilp32; Xtensa: call0). What the entries take and return is in hardware/kernels/mf_scan.h.
/// </summary>
public sealed record KernelImage
{
    /// <summary>Id of the chip.</summary>
    public required string Chip { get; init; }

    /// <summary>
    /// Name of the scanner: <c>baseline</c>, <c>pipelined</c>, <c>software-plain</c> (C++), <c>software</c>,
    /// <c>polled</c>,
    /// <c>engine</c>, <c>interleaved</c> (grid-safe), <c>exact</c> and <c>exact-…</c> (generated).
    /// </summary>
    public required string Kernel { get; init; }

    /// <summary>File in hardware/kernels/images; chips may share one.</summary>
    public required string File { get; init; }

    /// <summary>Address the image is linked at and must be loaded to.</summary>
    public required uint Base { get; init; }

    /// <summary>Octets of the image.</summary>
    public required int Bytes { get; init; }

    /// <summary>
    /// Octets that have to lie in executable RAM for full speed: the generated loop, or all of a C++ scanner.
    /// </summary>
    public required int IramBytes { get; init; }

    /// <summary>
    /// Octets from the image's start to the entry of the generated loop, which lies first; 0 without.
    /// </summary>
    public int LoopEntry { get; init; }

    /// <summary>Address of <c>mf_scan</c>.</summary>
    public required uint Scan { get; init; }

    /// <summary>Address of <c>mf_selftest</c>.</summary>
    public required uint Selftest { get; init; }

    /// <summary>
    /// Longest block time in cycles at which the scanner is right; 0 when it asks the engine or does not use it.
    /// </summary>
    public int BlockCycles { get; init; }

    /// <summary>Nonces the engine hashes in one pass of the generated loop; 0 where there is none.</summary>
    public int HardwareNonces { get; init; }

    /// <summary>Nonces software hashes in the same pass.</summary>
    public int SoftwareNonces { get; init; }
}
