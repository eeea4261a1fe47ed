using System.Collections.Concurrent;
using MicroFirmware.Micro.Demo;
using MicroFirmware.Micro.Fleet;

namespace MicroFirmware.Micro.Tests.Demo;

public sealed class DemoRunTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Demo_stopped_after_a_block_has_proven_what_it_shows()
    {
        using var stop = new CancellationTokenSource(s_deadline);
        var view = new StopAtFirstBlock(stop);

        FleetOutcome outcome = await new DemoRun(new DemoOptions(2, null, null, null), view, TimeProvider.System)
            .RunAsync(stop.Token);

        Assert.True(outcome.ExitCode == ExitCode.Success, outcome.ToString());
        Assert.StartsWith("2 boards mined for ", outcome.ToString());
        Assert.Contains(view.Happenings, happening => happening.EndsWith("first share accepted"));
        Assert.Contains(view.Happenings, happening => happening.Contains("block 1 found"));
    }

    [Fact]
    public async Task Demo_removes_what_it_wrote()
    {
        HashSet<string> before = DemoFolders();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        FleetOutcome outcome = await new DemoRun(
            new DemoOptions(1, null, null, null), new StopAtFirstBlock(stop), TimeProvider.System).RunAsync(stop.Token);

        Assert.Equal(ExitCode.NotProven, outcome.ExitCode);
        Assert.Empty(DemoFolders().Except(before));
    }

    private static HashSet<string> DemoFolders() =>
        [.. Directory.GetDirectories(Path.GetTempPath(), "micro-demo-*")];

    private sealed class StopAtFirstBlock(CancellationTokenSource stop) : IFleetView
    {
        public ConcurrentQueue<string> Happenings { get; } = new();

        public void Tell(TimeSpan elapsed, string happening) => Happenings.Enqueue(happening);

        public void Show(FleetSnapshot snapshot)
        {
            if (snapshot.Blocks > 0)
            {
                stop.Cancel();
            }
        }
    }
}
