using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Targets;
using MicroFirmware.KernelForge.Timing;

namespace MicroFirmware.KernelForge.Tests.Timing;

public sealed class IssueClockTests
{
    private readonly Target _target = Target.Of(Isa.XtensaLx6);
    private readonly IssueClock _clock = new(writeDrain: 4, read: 10);

    [Fact]
    public void Load_used_at_once_costs_a_cycle_more()
    {
        _clock.Issue(_target.Load("a5", 0));
        var use = _target.AddImmediate("a6", "a5", 1);
        Assert.True(_clock.Stalls(use));
        Assert.Equal(3, _clock.Issue(use));
        Assert.False(_clock.Stalls(use));
    }

    [Fact]
    public void Second_write_waits_for_the_first_and_a_read_for_both()
    {
        Assert.Equal(5, _clock.Issue(_target.EngineWrite("a3", 0)));
        Assert.Equal(1, _clock.Cycle);
        Assert.Equal(9, _clock.Issue(_target.EngineWrite("a3", 4)));
        Assert.Equal(5, _clock.Cycle);
        Assert.Equal(19, _clock.Issue(_target.EngineRead("a4", 28)));
        Assert.Equal(19, _clock.Cycle);
    }

    [Fact]
    public void Fence_waits_until_the_write_has_arrived()
    {
        _clock.Issue(_target.EngineWrite("a3", 0));
        Assert.Equal(5, _clock.Issue(_target.Fence));
        Assert.Equal(6, _clock.Issue(_target.Fence));
    }
}
