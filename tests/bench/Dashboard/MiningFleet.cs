using System.Buffers.Binary;
using System.Globalization;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway;
using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Bench.Dashboard;

/// <summary>
/// Boards that mine, in a process of their own: the firmware's miner, each with its own connection, at the pace of real
/// boards (work, shares and telemetry about every half minute) and at a hash rate that 10,000 of them find on one core.
/// </summary>
internal static class MiningFleet
{
    /// <summary>Hashes a second of one board: a share of the share interval's length is some hundred hashes.</summary>
    public const int HashesPerSecond = 10;

    // Ten thousand people do not plug in within one second.
    private const int PowerOnAtOnce = 100;
    private static readonly TimeSpan s_powerOnPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(60);

    // The last ones' first share is luck, and may take minutes.
    private const double MostOfThem = 0.95;

    /// <summary>Makes the boards known to a gateway.</summary>
    public static Task EnrolAsync(GatewayHost gateway, int count) => Task.WhenAll(
        Enumerable.Range(1, count).Select(IdentityOf).Select(board => gateway.EnrolAsync(board.Id, board.Key)));

    /// <summary>Lets them mine until the standard input ends. Prints a line when most have a share that was accepted,
    /// and one at the end.</summary>
    /// <param name="httpPort">Where the gateway hands out work, on this machine.</param>
    /// <param name="mqttPort">Where its broker is.</param>
    /// <param name="count">How many boards.</param>
    public static async Task RunAsync(int httpPort, int mqttPort, int count)
    {
        GatewayAddress gateway = new("127.0.0.1", httpPort, mqttPort, false);
        Task end = Task.Run(Console.In.ReadToEnd);
        await using BoardFleet fleet = new(TimeProvider.System, workers: 1);
        for (int i = 1; i <= count; i++)
        {
            fleet.Add(new VirtualBoardOptions
            {
                Identity = IdentityOf(i),
                Gateway = gateway,
                Pace = new ScanPace(1, HashesPerSecond),
            });
            await (i % PowerOnAtOnce == 0 ? Task.Delay(s_powerOnPause) : Task.CompletedTask);
        }

        while (!end.IsCompleted && fleet.Boards.Count(board => board.Statistics.Accepted > 0) < MostOfThem * count)
        {
            await Task.WhenAny(end, Task.Delay(s_look));
        }

        Console.WriteLine(Tell(fleet));
        await end;
        await fleet.DrainAsync(s_drain);
        Console.WriteLine(Tell(fleet));
    }

    private static BoardIdentity IdentityOf(int number)
    {
        byte[] key = new byte[Limits.KeyLength];
        BinaryPrimitives.WriteInt32LittleEndian(key, number);
        return new BoardIdentity(string.Create(CultureInfo.InvariantCulture, $"board-{number:d5}"), key);
    }

    private static string Tell(BoardFleet fleet)
    {
        MinerStatistics[] all = [.. fleet.Boards.Select(board => board.Statistics)];
        long late = all.Sum(s => s.CountOf(VerdictCode.Stale) + s.CountOf(VerdictCode.UnknownJob));
        return string.Create(CultureInfo.InvariantCulture,
            $"{fleet.Boards.Count(board => board.State == MinerState.Mining)} boards mine, "
            + $"{all.Count(s => s.Connections > 0)} connected, {all.Sum(s => s.Connections)} times; shares: "
            + $"{all.Sum(s => s.Accepted)} accepted, {late} late, {all.Sum(s => s.Rejected) - late} invalid, "
            + $"{all.Sum(s => (long)s.SharesDropped)} given up, "
            + $"{fleet.Boards.Sum(board => board.Outstanding)} without a verdict; "
            + $"{all.Sum(s => (long)s.FetchFailures)} requests for work in vain; "
            + $"{Environment.WorkingSet / 1e6:0} MB{(fleet.FindFault() is { } fault ? $"; {fault}" : "")}");
    }
}
