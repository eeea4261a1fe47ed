using System.Diagnostics;
using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Bench.Mining;

/// <summary>
/// The managed scanners on this machine, and what decides the unrolled one's speed on the chip: its IL instructions.
/// </summary>
public sealed class ScannerBench : IBench
{
    private const uint Nonces = 200_000;
    private const uint SliceNonces = 1000;
    private const int Runs = 7;

    public string Name => "scanner";

    public string Description => "hashes a second of the managed scanners here, and IL instructions of a hash";

    public Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        double unrolled = Measure(new UnrolledScanner());
        double reference = Measure(new ReferenceScanner());
        IReadOnlyList<Figure> figures =
        [
            new("scanner.unrolled", unrolled, "hashes/s"),
            new("scanner.reference", reference, "hashes/s"),
            new("scanner.ratio", unrolled / reference, "x"),
            new("scanner.il", UnrolledScanner.InstructionsPerHash, "instructions"),
        ];
        return Task.FromResult(figures);
    }

    private static double Measure(INonceScanner scanner)
    {
        byte[] header = new byte[Limits.HeaderWithoutNonceLength];
        new Random(1).NextBytes(header);
        Scan(scanner, header);
        return Figure.Median(Enumerable.Range(0, Runs).Select(_ => Scan(scanner, header)));
    }

    private static double Scan(INonceScanner scanner, byte[] header)
    {
        ScanProgress progress = new();
        scanner.Start(header, 0, Nonces - 1, 0);
        long start = Stopwatch.GetTimestamp();
        ScanStatus status = ScanStatus.Running;
        while (status is ScanStatus.Running or ScanStatus.Candidate)
        {
            status = scanner.Poll(SliceNonces, progress);
        }

        return Nonces / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
