using System.Globalization;
using MicroFirmware.Bitcoin;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>Tries a pool: connection, worker, first job, what it leaves to us.</summary>
internal static class PoolTest
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a pool that gave work may take to answer a ping, before it is said to answer none.</summary>
    private static readonly TimeSpan s_pong = TimeSpan.FromSeconds(2);

    public static async Task<UpstreamFindings> RunAsync(
        PoolOptions options, Coin coin, TimeProvider time, CancellationToken cancel)
    {
        using UpstreamMetrics metrics = new();
        TimeSpan connected = TimeSpan.Zero;
        long started = time.GetTimestamp();
        await using PoolUpstream pool = new(options, ConnectAsync, time, Backoff.Usual(new Random(1)), metrics,
            NullLogger<PoolUpstream>.Instance);
        pool.Start();
        TimeSpan firstWork = await UntilAsync(
            () => pool.Current is not null || pool.Reports()[0].Problem is not null, 2 * options.Timeout);
        if (pool.Current is not { } template)
        {
            return new UpstreamFindings(false, pool.Reports()[0].Problem ?? $"{pool.Name} gives no work in time.", []);
        }

        await UntilAsync(() => pool.Reports()[0].Pool!.LatencyMs is not null, s_pong);
        PoolReport report = pool.Reports()[0].Pool!;
        return new UpstreamFindings(true, $"{pool.Name} works.",
        [
            ("worker", $"{options.User} is accepted"),
            ("difficulty", Difficulty(report.Difficulty, template.Pool!.ShareTarget)),
            ("extranonce", $"{report.ExtranonceSize} octets are left to us"),
            ("version", template.VersionMask == 0
                ? "no bits may be rolled: every lane has an extranonce2 of its own"
                : $"bits {report.VersionMask} may be rolled"),
            ("latency", report.LatencyMs is { } ms ? Milliseconds(ms) : "unknown: it answers no pings"),
            ("connection", $"made after {Milliseconds(connected.TotalMilliseconds)}, first job after "
                + Milliseconds(firstWork.TotalMilliseconds)),
            ("height", template.Height.ToString(CultureInfo.InvariantCulture)),
            .. Payouts(template.Pool, coin),
        ]);

        async Task<Stream> ConnectAsync(Uri url, CancellationToken stop)
        {
            Stream stream = await PoolDialer.ConnectAsync(url, options, stop);
            connected = time.GetElapsedTime(started);
            return stream;
        }

        async Task<TimeSpan> UntilAsync(Func<bool> condition, TimeSpan atMost)
        {
            long since = time.GetTimestamp();
            while (!condition() && time.GetElapsedTime(since) < atMost)
            {
                await Task.Delay(s_tick, time, cancel);
            }

            return time.GetElapsedTime(started);
        }
    }

    private static string Difficulty(double difficulty, UInt256 shareTarget) => string.Create(
        CultureInfo.InvariantCulture,
        $"{difficulty:G4}, a share about every {(double)Target.Work(shareTarget):G4} hashes of the whole fleet");

    /// <summary>Whom the coinbase pays, in whole coins: of a solo pool that should be its miner.</summary>
    private static IEnumerable<(string, string)> Payouts(PoolWork work, Coin coin)
    {
        byte[] extranonce2 = new byte[work.Coinbase.ExtranonceSize];
        return work.Coinbase.ToTransaction(extranonce2, withWitness: false).Outputs
            .Where(output => output.Value > 0)
            .Select(output => ("pays", Payout(output, coin)));
    }

    private static string Payout(TransactionOutput output, Coin coin)
    {
        string to = Address.FromScript(output.Script, coin.Addresses) ?? "a script without an address";
        return string.Create(
            CultureInfo.InvariantCulture, $"{output.Value / (decimal)Consensus.Coin:0.########} to {to}");
    }

    private static string Milliseconds(double ms) => string.Create(CultureInfo.InvariantCulture, $"{ms:0.#} ms");
}
