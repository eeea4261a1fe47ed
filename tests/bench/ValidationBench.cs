using System.Diagnostics;
using System.Security.Cryptography;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Bench;

/// <summary>Proves shares on one thread: find the job, look up the lane, hash the header twice, compare, notice
/// duplicates.</summary>
public sealed class ValidationBench : IBench
{
    private const int Runs = 5;
    private const int Lanes = 100_000;
    private const int Shares = 1_000_000;
    private const int Hashes = 1_000_000;
    private const int Seed = 700_000;

    /// <inheritdoc/>
    public string Name => "validation";

    /// <inheritdoc/>
    public string Description =>
        "shares proven per second on one thread (lane, duplicate, target, double SHA), and double SHAs beside them";

    /// <inheritdoc/>
    public Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        List<double> shares = [];
        List<double> own = [];
        List<double> platform = [];
        for (int run = 0; run <= Runs; run++)
        {
            (double a, double b, double c) = (Validate(), Hash(OwnHash), Hash(PlatformHash));
            if (run == 0)
            {
                continue;
            }

            shares.Add(a);
            own.Add(b);
            platform.Add(c);
            Console.WriteLine($"run {run}: {a:0} shares/s, own {b:0} headers/s, platform {c:0} headers/s");
        }

        double ratio = Figure.Median(own) / Figure.Median(platform);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new Figure(Name, Figure.Median(shares), "shares/s"),
            new Figure($"{Name}.sha256d", Figure.Median(own), "headers/s"),
            new Figure($"{Name}.sha256d-platform", Figure.Median(platform), "headers/s"),
            new Figure($"{Name}.sha256d-ratio", ratio, "x"),
        ]);
    }

    private static double Validate()
    {
        OneTemplate upstream = new();
        Random random = new(Seed);
        using JobBoard board = new(upstream, new JobOptions(), TimeProvider.System, random);
        Job job = board.Current!;
        LaneGrant[] grants = new LaneGrant[Lanes];
        for (int owner = 0; owner < Lanes; owner++)
        {
            job.TryGrant(owner, shareWork: 1, out grants[owner]);
        }

        // One in 64 is a repetition, as after a lost acknowledgement.
        (int Owner, LaneShare Share)[] shares = new (int, LaneShare)[Shares];
        for (int i = 0; i < Shares; i++)
        {
            int owner = random.Next(Lanes);
            LaneGrant grant = grants[owner];
            uint version = grant.Header.Version | ((uint)random.Next() & grant.VersionMask);
            LaneShare share = new(grant.Lane, version, grant.Header.Time + (uint)random.Next(60), (uint)random.Next());
            shares[i] = i % 64 == 63 ? shares[i - 1] : (owner, share);
        }

        int good = 0;
        long start = Stopwatch.GetTimestamp();
        foreach ((int owner, LaneShare share) in shares)
        {
            if (board.TryFindLive(job.Id, out Job? found) && found.Check(share, owner).Verdict == VerdictCode.Accepted)
            {
                good++;
            }
        }

        double rate = Shares / Stopwatch.GetElapsedTime(start).TotalSeconds;
        int expected = Shares - (Shares / 64);
        return good == expected ? rate : throw new InvalidOperationException($"{good} of {expected} were accepted.");
    }

    private static double Hash(Func<byte[], byte> hash)
    {
        byte[] header = new byte[BlockHeader.Size];
        byte mixed = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Hashes; i++)
        {
            BitConverter.TryWriteBytes(header.AsSpan(76), i);
            mixed ^= hash(header);
        }

        double rate = Hashes / Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(mixed);
        return rate;
    }

    private static byte OwnHash(byte[] header) => (byte)Sha256d.HashHeader(header).GetHashCode();

    private static byte PlatformHash(byte[] header)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        SHA256.HashData(header, digest);
        SHA256.HashData(digest, digest);
        return digest[0];
    }

    /// <summary>An upstream with one template, whose target no share meets.</summary>
    private sealed class OneTemplate : IUpstream
    {
        public event Action<BlockTemplate>? Changed
        {
            add { }
            remove { }
        }

        public string Name => "bench";

        public BlockTemplate? Current { get; } = new()
        {
            Version = 0x2000_0000,
            PreviousHash = Hash256.Zero,
            Bits = 0x1703_0ecd,
            Time = 1_800_000_000,
            Height = 900_000,
            CoinbaseValue = 312_500_000,
        };

        public Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel) =>
            Task.FromResult(new SubmitOutcome(SubmitStatus.Unknown));
    }
}
