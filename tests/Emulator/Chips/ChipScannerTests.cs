using MicroFirmware.Emulator.Chips;
using MicroFirmware.Hardware;
using MicroFirmware.Mining;
using Xunit;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>The firmware's scanner port on emulated chips, beside the firmware's reference scanner.</summary>
public sealed class ChipScannerTests
{
    private const uint Threshold = KernelCore.MaxThreshold;

    /// <summary>Header of Bitcoin block 125552 without its nonce.</summary>
    private static readonly byte[] s_header = Convert.FromHexString(
        "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320"
        + "b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a");

    private const uint BlockNonce = 0x9546_a142;

    public static TheoryData<string> Chips => [.. HardwareCatalog.Chips.Select(chip => chip.Id)];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Scanner_on_any_chip_finds_the_nonce_of_a_known_block(string chip)
    {
        ChipScanner scanner = new(HardwareCatalog.Chip(chip));
        scanner.Start(s_header, BlockNonce - 3000, BlockNonce + 2000, 0);

        (List<uint> found, uint hashes) = ScanAll(scanner, budget: 700);

        Assert.Equal([BlockNonce], found);
        Assert.Equal(5001u, hashes);
        Assert.Equal(0, scanner.Hazards);
    }

    [Fact]
    public void Range_up_to_the_last_nonce_there_is_finishes()
    {
        ChipScanner scanner = new(HardwareCatalog.Chip("esp32c3"));
        scanner.Start(s_header, uint.MaxValue - 99, uint.MaxValue, Threshold);
        Assert.Equal(100u, ScanAll(scanner, budget: 64).Hashes);
    }

    [Fact]
    public void Poll_of_one_nonce_hashes_one()
    {
        ChipScanner scanner = new(HardwareCatalog.Chip("esp32"));
        ScanProgress progress = new();
        scanner.Start(s_header, BlockNonce, BlockNonce, 0);
        Assert.Equal(ScanStatus.Candidate, scanner.Poll(1, progress));
        Assert.Equal((1u, BlockNonce), (progress.Hashes, progress.Nonce));
        Assert.Equal(ScanStatus.Finished, scanner.Poll(1, progress));
        Assert.Equal(ScanStatus.Idle, scanner.Poll(1, progress));
    }

    [Fact]
    public void Stopped_scan_hands_out_its_candidate_and_says_where_to_go_on()
    {
        ChipScanner scanner = new(HardwareCatalog.Chip("esp32s3"));
        ScanProgress progress = new();
        scanner.Start(s_header, BlockNonce - 10, uint.MaxValue, 0);
        Assert.Equal(ScanStatus.Running, scanner.Poll(10, progress));
        scanner.Stop();
        Assert.Equal(ScanStatus.Idle, scanner.Poll(10, progress));
        Assert.Equal((0u, BlockNonce), (progress.Hashes, progress.NextNonce));
    }

    [Fact]
    public void Stepping_down_ends_with_no_rung_left()
    {
        ChipScanner scanner = new(HardwareCatalog.Chip("esp32c3"));
        HashSet<string> names = [scanner.Name];
        while (scanner.StepDown())
        {
            Assert.True(names.Add(scanner.Name), "the same rung twice");
        }
        Assert.Contains("esp32c3-baseline", names);
    }

    [Fact]
    public void Rung_that_is_wrong_at_the_engines_speed_is_not_chosen()
    {
        Chip chip = HardwareCatalog.Chip("esp32");
        TimingPoint slow = chip.Sha.Timing.Default with { Block = chip.Sha.Timing.Block.High + 20 };
        ChipScanner scanner = new(chip, timing: slow);
        scanner.Start(s_header, BlockNonce - 100, BlockNonce + 100, 0);
        Assert.Equal([BlockNonce], ScanAll(scanner, budget: 1000).Found);
    }

    [Fact]
    public void Unknown_kernel_is_refused_with_those_there_are()
    {
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(
            () => new ChipScanner(HardwareCatalog.Chip("esp32"), "warp"));
        Assert.Contains("baseline", error.Message);
    }

    private static (List<uint> Found, uint Hashes) ScanAll(ChipScanner scanner, uint budget)
    {
        ScanProgress progress = new();
        List<uint> found = [];
        uint hashes = 0;
        while (true)
        {
            ScanStatus status = scanner.Poll(budget, progress);
            hashes += progress.Hashes;
            if (status == ScanStatus.Candidate)
            {
                found.Add(progress.Nonce);
            }
            else if (status != ScanStatus.Running)
            {
                Assert.Equal(ScanStatus.Finished, status);
                return (found, hashes);
            }
        }
    }
}
