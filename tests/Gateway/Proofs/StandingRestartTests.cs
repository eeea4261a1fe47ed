using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Proofs;

/// <summary>A restart pardons nobody.</summary>
public sealed class StandingRestartTests
{
    [Fact]
    public async Task Suspension_and_probation_are_the_same_after_a_restart()
    {
        ManualTime time = new();
        await using RunningGateway gateway = await RunningGateway.StartAsync(time: time);
        await gateway.EnrolAsync("liar", connect: false);
        await gateway.EnrolAsync("honest", connect: false);
        StandingBook book = gateway.Host.Room<StandingBook>();
        book.Suspend(Find(gateway, "liar"), time.GetUtcNow());
        book.Suspend(Find(gateway, "liar"), time.GetUtcNow());
        book.Miss(Find(gateway, "honest"), time.GetUtcNow());
        book.Of(Find(gateway, "honest")).Probation = 2;
        book.Count(Find(gateway, "honest"));

        await gateway.RestartAsync();

        StandingBook read = gateway.Host.Room<StandingBook>();
        Assert.NotSame(book, read);
        BoardStanding liar = read.Of(Find(gateway, "liar"));
        Assert.Equal(time.GetUtcNow() + (2 * BoardStanding.FirstSuspension), liar.SuspendedUntil);
        Assert.Equal((2, 2L), (liar.Lies, liar.Wrong));
        Assert.Equal(book.Of(Find(gateway, "liar")).Probation, liar.Probation);
        Assert.False(liar.IsAsked(time.GetUtcNow()));
        BoardStanding honest = read.Of(Find(gateway, "honest"));
        Assert.Equal((1, 1L, 1L), (honest.Probation, honest.Right, honest.Late));
        Assert.True(honest.IsAsked(time.GetUtcNow()));
    }

    private static Device Find(RunningGateway gateway, string id) =>
        gateway.Host.Room<DeviceRegistry>().Find(id)!;
}
