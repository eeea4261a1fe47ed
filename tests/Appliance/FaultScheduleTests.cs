using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace MicroFirmware.Appliance.Tests;

/// <summary>
/// Ten thousand bad days. <c>FAULT_SEEDS=first-last</c> runs others, <c>FAULT_SEEDS=n</c> one, and prints what it saw.
/// </summary>
public class FaultScheduleTests(ITestOutputHelper output)
{
    private const int FailuresShown = 20;

    [Fact]
    public void Board_after_any_schedule_of_faults_is_mining_and_has_lost_and_doubled_nothing_unsaid()
    {
        bool isCi = Environment.GetEnvironmentVariable("CI") == "true";
        string seeds = Environment.GetEnvironmentVariable("FAULT_SEEDS") ?? (isCi ? "1-10000" : "1-1000");
        string[] range = seeds.Split('-');
        int first = int.Parse(range[0], CultureInfo.InvariantCulture);
        int last = int.Parse(range[^1], CultureInfo.InvariantCulture);
        ConcurrentDictionary<int, string> failures = [];
        long start = TimeProvider.System.GetTimestamp();
        Parallel.For(first, last + 1, seed =>
        {
            if (new FaultSchedule(seed).Run() is string wrong)
            {
                failures[seed] = wrong;
            }
        });
        TimeSpan took = TimeProvider.System.GetElapsedTime(start);
        output.WriteLine($"{last - first + 1} schedules in {took.TotalSeconds:F1} s, {failures.Count} failed");
        foreach ((int seed, string wrong) in failures.OrderBy(f => f.Key).Take(FailuresShown))
        {
            output.WriteLine($"FAULT_SEEDS={seed}: {wrong}");
        }

        Assert.True(failures.IsEmpty, $"FAULT_SEEDS={string.Join(' ', failures.Keys.Order().Take(FailuresShown))}");
    }
}
