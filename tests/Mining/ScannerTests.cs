using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests;

public class ScannerTests
{
    public static TheoryData<string, int> ScannersAndHeights()
    {
        TheoryData<string, int> data = [];
        foreach (MainnetHeader header in MainnetHeader.All)
        {
            data.Add("managed-unrolled", header.Height);
            data.Add("managed-reference", header.Height);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ScannersAndHeights))]
    public void Scan_around_a_known_nonce_finds_only_that(string scanner, int height)
    {
        MainnetHeader header = MainnetHeader.At(height);
        uint first = header.Nonce - 500;
        List<uint> found = Scan(Make(scanner), header.WithoutNonce, first, header.Nonce + 500, 0, 64);
        Assert.Equal([header.Nonce], found);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Unrolled_scanner_on_random_headers_agrees_with_the_reference(int seed)
    {
        Random random = new(seed);
        UnrolledScanner unrolled = new();
        ReferenceScanner reference = new();
        for (int i = 0; i < 40; i++)
        {
            byte[] header = new byte[Limits.HeaderWithoutNonceLength];
            random.NextBytes(header);
            uint first = (uint)random.NextInt64(1L << 32);
            uint last = Math.Max(first, (uint)Math.Min(uint.MaxValue, first + random.NextInt64(400)));
            uint threshold = (uint)random.NextInt64(1L << random.Next(24, 33));
            uint budget = (uint)random.Next(1, 100);
            List<uint> expected = Scan(reference, header, first, last, threshold, 50);
            Assert.True(
                expected.SequenceEqual(Scan(unrolled, header, first, last, threshold, budget)),
                $"seed {seed}, header {i}");
        }
    }

    [Theory]
    [InlineData("managed-unrolled")]
    [InlineData("managed-reference")]
    public void Scan_that_ends_at_the_last_nonce_of_all_finishes(string scanner)
    {
        List<uint> found = Scan(
            Make(scanner), MainnetHeader.At(1).WithoutNonce, uint.MaxValue - 9, uint.MaxValue, uint.MaxValue, 4);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => uint.MaxValue - 9 + (uint)i), found);
    }

    [Fact]
    public void Scan_stopped_and_resumed_at_its_next_nonce_misses_and_repeats_nothing()
    {
        byte[] header = MainnetHeader.At(0).WithoutNonce;
        UnrolledScanner scanner = new();
        ScanProgress progress = new();
        scanner.Start(header, 1000, 1999, 0x10000000);
        List<uint> found = Run(scanner, progress, 64, polls: 5, out ScanStatus status);
        Assert.NotEqual(ScanStatus.Finished, status);
        scanner.Stop();
        Assert.Equal(ScanStatus.Idle, scanner.Poll(64, progress));
        scanner.Start(header, progress.NextNonce, 1999, 0x10000000);
        found.AddRange(Run(scanner, progress, 64, int.MaxValue, out status));
        Assert.Equal(ScanStatus.Finished, status);
        Assert.Equal(Scan(new ReferenceScanner(), header, 1000, 1999, 0x10000000, 1000), found);
    }

    [Fact]
    public void Hashes_reported_over_a_scan_are_its_range()
    {
        ScanProgress progress = new();
        UnrolledScanner scanner = new();
        scanner.Start(MainnetHeader.At(0).WithoutNonce, 5, 1004, 0x20000000);
        uint hashes = 0;
        ScanStatus status;
        do
        {
            status = scanner.Poll(33, progress);
            hashes += progress.Hashes;
        }
        while (status is ScanStatus.Running or ScanStatus.Candidate);

        Assert.Equal(1000u, hashes);
    }

    private static INonceScanner Make(string name) =>
        name == "managed-unrolled" ? new UnrolledScanner() : new ReferenceScanner();

    private static List<uint> Scan(
        INonceScanner scanner, byte[] header, uint first, uint last, uint threshold, uint budget)
    {
        scanner.Start(header, first, last, threshold);
        List<uint> found = Run(scanner, new ScanProgress(), budget, int.MaxValue, out ScanStatus status);
        Assert.Equal(ScanStatus.Finished, status);
        return found;
    }

    private static List<uint> Run(
        INonceScanner scanner, ScanProgress progress, uint budget, int polls, out ScanStatus status)
    {
        List<uint> found = [];
        status = ScanStatus.Running;
        for (int i = 0; i < polls && status is ScanStatus.Running or ScanStatus.Candidate; i++)
        {
            status = scanner.Poll(budget, progress);
            if (status == ScanStatus.Candidate)
            {
                found.Add(progress.Nonce);
            }
        }

        return found;
    }
}
