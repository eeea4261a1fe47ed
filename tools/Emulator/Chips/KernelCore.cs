using MicroFirmware.Hardware;

namespace MicroFirmware.Emulator.Chips;

/// <summary>
/// A core of an emulated chip with a scanner's image in it: sets up <c>mf_scan</c>'s two blocks, runs it in slices of
/// cycles, and hands out what it found.
/// </summary>
public sealed class KernelCore
{
    /// <summary>Largest threshold a kernel takes (MF_THRESHOLD_MAX).</summary>
    public const uint MaxThreshold = 0xffff;

    private const uint RangeOffset = 256;
    private const uint StopOffset = 512;
    private const uint StackOffset = 8192;

    private readonly EmulatedChip _chip;
    private readonly int _core;
    private readonly uint _work;

    /// <summary>Loads an image.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="core">Number of the core.</param>
    /// <param name="image">The image; of this chip.</param>
    public KernelCore(EmulatedChip chip, int core, KernelImage image)
    {
        _chip = chip;
        _core = core;
        _work = chip.Description.Memory.DramBase + ((uint)core * StackOffset);
        Image = image;
        chip.Write(core, image.Base, KernelCatalog.Read(image));
    }

    /// <summary>The scanner.</summary>
    public KernelImage Image { get; }

    /// <summary>What the last call returned.</summary>
    public KernelResult Result => (KernelResult)(int)_chip.Result(_core);

    private uint Range => _work + RangeOffset;

    private uint StopWord => _work + StopOffset;

    private uint Stack => _work + StackOffset;

    private uint Engine => _chip.Description.Sha.Base;

    /// <summary>Makes ready to scan; <see cref="Run"/> does it.</summary>
    /// <param name="header">The 76 octets before the nonce, as they are hashed.</param>
    /// <param name="first">First nonce.</param>
    /// <param name="count">How many; the numbers wrap at 2^32.</param>
    /// <param name="threshold">A hash whose top 32 bits are not above this is reported; to
    /// <see cref="MaxThreshold"/>.</param>
    public void Start(ReadOnlySpan<byte> header, uint first, uint count, uint threshold)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, MaxThreshold);
        Span<byte> notStopped = stackalloc byte[4];
        notStopped.Clear();
        _chip.Write(_core, StopWord, notStopped);
        _chip.Write(_core, _work, KernelRange.Work(header));
        _chip.Write(_core, Range, KernelRange.Range(first, count, threshold, StopWord));
        _chip.Call(_core, Image.Scan, Stack, _work, Range, Engine);
    }

    /// <summary>Makes ready for the image's self-test; <see cref="Run"/> does it.</summary>
    public void StartSelftest() => _chip.Call(_core, Image.Selftest, Stack, Engine);

    /// <summary>Runs for some cycles.</summary>
    /// <returns>True when the routine has returned; <see cref="Result"/> says with what.</returns>
    /// <exception cref="Cores.ChipFault">The program did what the chip does not do.</exception>
    public bool Run(long cycles) => _chip.Run(_core, cycles);

    /// <summary>Runs until the routine returns.</summary>
    /// <param name="maxCycles">Longest run that makes sense.</param>
    /// <exception cref="TimeoutException">It did not return in that time.</exception>
    public KernelResult RunToEnd(long maxCycles) => Run(maxCycles)
        ? Result
        : throw new TimeoutException(
            $"{Image.Kernel} on {Image.Chip} did not return within {maxCycles} cycles; "
            + $"it stands at 0x{_chip.ProgramCounter(_core):x8}.");

    /// <summary>Asks a running scan to end; it returns with its next look at the stop word.</summary>
    public void Stop()
    {
        Span<byte> stop = stackalloc byte[4];
        stop.Fill(1);
        _chip.Write(_core, StopWord, stop);
    }

    /// <summary>What the scan has left behind in memory.</summary>
    public KernelRange ReadRange()
    {
        byte[] octets = new byte[KernelRange.RangeOctets];
        _chip.Read(_core, Range, octets);
        return KernelRange.Parse(octets);
    }
}
