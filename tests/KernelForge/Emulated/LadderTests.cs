using System.Buffers.Binary;
using MicroFirmware.Emulator.Chips;
using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Tests.Ssa;

namespace MicroFirmware.KernelForge.Tests.Emulated;

/// <summary>
/// The ladder in machine code: measures the emulated engine, copies each rung to executable RAM, calibrates it, climbs.
/// Rungs of the image: 0 plain, 1 grid-safe, 2 exact for the slowest block, 3 exact for the default block.
/// </summary>
public sealed class LadderTests
{
    private const uint Nonces = 1_000;
    private const int Top = 0;
    private const int TooSlow = 1;
    private const int Calibration = 2;
    private const long MostCycles = 2_000_000_000;

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32s3")]
    [InlineData("esp32c3")]
    [InlineData("esp32c3-fast")]
    public void Ladder_at_default_timing_climbs_to_the_top(string chip)
    {
        var seen = Climb(chip, HardwareCatalog.Chip(chip).Sha.Timing.Default);
        Assert.Equal((3, Top), (seen.Rung, seen.Reason));
        Assert.InRange(seen.BlockCycles, 1, HardwareCatalog.Chip(chip).Sha.Timing.Default.Block);
    }

    [Theory]
    [InlineData("esp32", 76, 0, 2, Calibration)]
    [InlineData("esp32", 71, 0, 2, Calibration)]
    [InlineData("esp32", 70, -4, 1, Calibration)]
    [InlineData("esp32", 76, -4, 1, Calibration)]
    [InlineData("esp32s3", 120, 0, 2, Calibration)]
    [InlineData("esp32c3", 78, 0, 2, Calibration)]
    [InlineData("esp32", 300, 0, 0, TooSlow)]
    public void Ladder_on_other_timing_stays_on_the_highest_rung_that_is_right(
        string chip, int block, int read, int rung, int reason)
    {
        var timing = HardwareCatalog.Chip(chip).Sha.Timing.Default;
        var point = timing with { Block = block, Read = timing.Read + read };
        var seen = Climb(chip, point);
        Assert.Equal((rung, reason), (seen.Rung, seen.Reason));
    }

    private static (int Rung, int Reason, int BlockCycles) Climb(string id, TimingPoint point)
    {
        EmulatedChip chip = new(HardwareCatalog.Chip(id), point);
        KernelCore core = new(chip, 0, KernelCatalog.Find(id, "ladder"));
        core.Start(Reference.Header.AsSpan(0, 76), KnownCandidates.Nonce - Nonces, Nonces + 1, KernelCore.MaxThreshold);
        Assert.Equal(KernelResult.Done, core.RunToEnd(MostCycles));
        var known = KnownCandidates.Within(KnownCandidates.Nonce - Nonces, Nonces + 1);
        Assert.Equal(known, core.ReadRange().Nonces.Order());

        // The image keeps its state behind itself: is ready, rung, reason, least block time.
        var state = new byte[16];
        chip.Read(0, core.Image.Base + (uint)core.Image.Bytes, state);
        int Word(int index) => BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(4 * index));
        Assert.Equal(1, Word(0));
        return (Word(1), Word(2), Word(3));
    }
}
