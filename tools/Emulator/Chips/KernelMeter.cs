using MicroFirmware.Hardware;

namespace MicroFirmware.Emulator.Chips;

/// <summary>
/// Measures a scanner on an emulated chip. It scans a range and one of twice the length: the difference is what nonces
/// cost, without what setting up costs.
/// </summary>
public static class KernelMeter
{
    private const long CyclesPerNonce = 200_000;

    /// <summary>Header of Bitcoin block 125552 without its nonce.</summary>
    private static readonly byte[] s_header = Convert.FromHexString(
        "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320"
        + "b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a");

    /// <summary>Measures.</summary>
    /// <param name="image">The scanner.</param>
    /// <param name="timing">The timing point.</param>
    /// <param name="nonces">Nonces that are measured; rounded up to whole passes of the scanner's loop.</param>
    /// <param name="noise">Disturbance; null for a quiet chip.</param>
    /// <exception cref="InvalidOperationException">The scanner did not scan the range.</exception>
    public static KernelFigures Measure(KernelImage image, TimingPoint timing, int nonces, ChipNoise? noise = null)
    {
        int pass = Math.Max(1, image.HardwareNonces + image.SoftwareNonces);
        uint count = (uint)((nonces + pass - 1) / pass * pass);
        Chip chip = HardwareCatalog.Chip(image.Chip);
        Totals once = Scan(chip, image, timing, noise, count);
        Totals twice = Scan(chip, image, timing, noise, 2 * count);
        double cycles = (twice.Cycles - once.Cycles) / (double)count;
        return new KernelFigures(
            (twice.Instructions - once.Instructions) / (double)count,
            (twice.Accesses - once.Accesses) / (double)count,
            cycles,
            once.Hazards + twice.Hazards,
            chip.ClockMhz * 1000.0 / cycles);
    }

    private static Totals Scan(Chip description, KernelImage image, TimingPoint timing, ChipNoise? noise, uint count)
    {
        EmulatedChip chip = new(description, timing, noise);
        KernelCore core = new(chip, 0, image);
        core.Start(s_header, 0, count, KernelCore.MaxThreshold);
        KernelResult result = core.RunToEnd((count + 1) * CyclesPerNonce);
        return result == KernelResult.Done
            ? new Totals(chip.Instructions(0), chip.RegisterAccesses(0), chip.Cycles(0), chip.Hazards.Count)
            : throw new InvalidOperationException($"{image.Kernel} on {image.Chip} returned {result}.");
    }

    private readonly record struct Totals(long Instructions, long Accesses, long Cycles, long Hazards);
}
