using MicroFirmware.Dashboard.Live;

namespace MicroFirmware.Dashboard.Tests.Live;

public class FleetPulseTests
{
    [Fact]
    public void Pulse_has_no_room_above_its_limit_and_some_when_one_has_left()
    {
        using FleetPulse pulse = new(TimeProvider.System);
        IDisposable first = pulse.Listen(1)!;

        Assert.Null(pulse.Listen(1));
        first.Dispose();
        first.Dispose();

        Assert.Equal(0, pulse.Listeners);
        Assert.NotNull(pulse.Listen(1));
    }

    [Fact]
    public async Task Beat_wakes_everybody_who_listens()
    {
        using FleetPulse pulse = new(TimeProvider.System);
        using IDisposable? seat = pulse.Listen(1);

        await Task.WhenAll(pulse.NextAsync(default), pulse.NextAsync(default)).WaitAsync(TimeSpan.FromMinutes(2));
    }
}
