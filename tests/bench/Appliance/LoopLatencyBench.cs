using MicroFirmware.Appliance;

namespace MicroFirmware.Bench.Appliance;

/// <summary>
/// An appliance whose control loop is due every 20 ms, on one thread with the miner and its managed scanner: what the
/// loop waits at worst, by processor time. Nothing preempts here, so it is the longest step of the firmware, a scan
/// slice of 10 ms included.
/// </summary>
public sealed class LoopLatencyBench : IBench
{
    private const int PeriodMs = 20;
    private const int SliceMs = 10;
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(10);
    private static readonly ProcessorTime s_time = new();

    public string Name => "appliance";

    public string Description => "how late an appliance's loop of 20 ms begins with mining off, at 50 % and at 100 %";

    public Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        List<Figure> figures = [];
        foreach ((string part, int duty, bool isForeground) in new[]
        {
            ("off", 0, false), ("50", 50, false), ("100", 100, false), ("foreground", 100, true),
        })
        {
            SoloBoard board = new(s_time);
            Supervisor? supervisor = duty == 0 ? null : board.Start(duty, SliceMs);
            double[] late = Run(board, supervisor, isForeground);
            figures.Add(new Figure($"appliance.{part}.worst", late[^1], "ms"));
            figures.Add(new Figure($"appliance.{part}.p99", late[late.Length * 99 / 100], "ms"));
            figures.Add(new Figure($"appliance.{part}.hashes", supervisor?.Statistics?.Hashes ?? 0, "hashes"));
        }

        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private static double[] Run(SoloBoard board, Supervisor? supervisor, bool isForeground)
    {
        while (supervisor is not null && supervisor.Statistics is not { Hashes: > 100_000 })
        {
            supervisor.Step(board.NowMs);
        }

        List<double> late = [];
        long start = s_time.GetTimestamp();
        double dueMs = PeriodMs;
        while (s_time.GetElapsedTime(start) < s_duration)
        {
            double nowMs = s_time.GetElapsedTime(start).TotalMilliseconds;
            if (nowMs >= dueMs)
            {
                late.Add(nowMs - dueMs);
                dueMs += PeriodMs;
                continue;
            }

            // An appliance that knows when it is due keeps the last slice before that free.
            bool isNear = isForeground && dueMs - nowMs <= SliceMs;
            if (isNear)
            {
                supervisor!.EnterForeground();
            }

            supervisor?.Step(board.NowMs);
            if (isNear)
            {
                supervisor!.LeaveForeground();
            }
        }

        late.Sort();
        return [.. late];
    }
}
