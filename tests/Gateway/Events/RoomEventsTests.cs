using System.Net;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Tests.Access;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Events;

/// <summary>What the rooms of a running gateway say of themselves.</summary>
public sealed class RoomEventsTests
{
    [Fact]
    public async Task Sign_ins_say_who_and_from_where_and_failed_ones_not_what_was_typed()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();
        using Browser browser = new(gateway.Host.HttpEndPoint);
        await browser.WelcomeAsync(gateway.Host.WelcomePath!, "maria");
        Assert.Equal(HttpStatusCode.NoContent, await browser.SignInAsync("maria"));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SignInAsync("typed-in-a-hurry", "wrong words"));

        GatewayEvent[] events = await EventsAsync(gateway, EventKind.SignedIn, EventKind.SignInFailed);

        Assert.Equal(
            ["Somebody at 127.0.0.1 could not sign in.", "maria signed in from 127.0.0.1."],
            events.Select(item => item.Text));
    }

    [Fact]
    public async Task Start_and_revoking_are_events()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();
        await gateway.EnrolAsync("kitchen", connect: false);
        await gateway.Host.RevokeAsync("kitchen");
        await gateway.RestartAsync();

        Assert.Equal(
            [("", EventKind.GatewayStarted), ("kitchen", EventKind.BoardRevoked), ("", EventKind.GatewayStarted)],
            (await EventsAsync(gateway, EventKind.GatewayStarted, EventKind.BoardRevoked))
                .Select(item => (item.Subject, item.Kind)));
    }

    [Fact]
    public async Task A_setting_that_cannot_be_kept_is_no_event()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();

        Assert.Throws<ConfigurationException>(
            () => gateway.Host.Room<SettingsDesk>().Save("Shares:Interval", "2s"));
        Assert.Empty(await EventsAsync(gateway, EventKind.SettingsChanged));
    }

    private static async Task<GatewayEvent[]> EventsAsync(RunningGateway gateway, params EventKind[] kinds)
    {
        EventJournal journal = gateway.Host.Room<EventJournal>();
        await journal.FlushAsync();
        return [.. journal.Read(new EventQuery(Kinds: kinds))];
    }
}
