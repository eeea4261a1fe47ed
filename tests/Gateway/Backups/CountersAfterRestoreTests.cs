using System.Net;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Backups;

/// <summary>Counters that went on after the backup: nobody is locked out, nothing overheard is good again.</summary>
public sealed class CountersAfterRestoreTests
{
    private const string Id = "board-1";

    // A board that started nine times since its enrolment.
    private const ulong Counter = 9UL << 32;

    [Fact]
    public async Task What_was_overheard_after_the_backup_is_refused_after_the_restore()
    {
        await using BackedUp backedUp = await BackedUp.StartAsync();
        await using TestBoard board = await backedUp.Gateway.EnrolAsync(Id);
        backedUp.Write();
        string overheard = Credential.ForWork(Id, Counter + 1, TestStore.Key).ToHttp();
        using (HttpResponseMessage answer = await board.AskAsync(overheard))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        backedUp.Restore();
        await using GatewayHost restored = await backedUp.StartRestoredAsync();
        await using TestBoard listener = BoardOf(restored);

        using HttpResponseMessage again = await listener.AskAsync(overheard);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        await Assert.ThrowsAnyAsync<MqttException>(() => listener.ReconnectAboveAsync(Counter + 7));
    }

    [Fact]
    public async Task Board_is_told_the_floor_and_mines_above_it()
    {
        await using BackedUp backedUp = await BackedUp.StartAsync();
        await (await backedUp.Gateway.EnrolAsync(Id)).DisposeAsync();
        backedUp.Write();
        backedUp.Restore();
        await using GatewayHost restored = await backedUp.StartRestoredAsync();
        await using TestBoard board = BoardOf(restored);

        using HttpResponseMessage refused = await board.AskAsync(Counter);
        byte[] octets = Convert.FromHexString(refused.Headers.GetValues(Refusal.HeaderName).Single());
        Assert.Equal(ParseStatus.Done, Refusal.Parse(octets, 0, octets.Length, out Refusal refusal));
        Assert.True(Refusal.IsAuthentic(octets, 0, TestStore.Key, Id));
        Assert.Equal(RefusalCode.CounterReplayed, refusal.Code);

        // What the firmware does: its boot count goes above the floor's.
        await board.ReconnectAboveAsync((refusal.CounterFloor >> 32) + 1 << 32);
        Verdict verdict = await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 77));
        Assert.Equal(VerdictCode.Accepted, verdict.Code);
    }

    [Fact]
    public async Task Order_after_the_restore_has_a_counter_above_every_one_the_board_obeyed()
    {
        await using BackedUp backedUp = await BackedUp.StartAsync();
        await backedUp.Gateway.Host.EnrolAsync(Id, TestStore.Key);
        backedUp.Write();
        ulong obeyed = 0;
        for (int order = 0; order < 3; order++)
        {
            obeyed = await OrderAsync(backedUp.Gateway.Host, Counter + (ulong)order);
        }

        Assert.Equal(3UL, obeyed);
        backedUp.Restore();
        await using GatewayHost restored = await backedUp.StartRestoredAsync();

        Assert.True(await OrderAsync(restored, 1UL << 62) > obeyed);
    }

    private static TestBoard BoardOf(GatewayHost host) =>
        new(host.HttpEndPoint.Port, host.MqttEndPoint.Port, Id, TestStore.Key);

    private static async Task<ulong> OrderAsync(GatewayHost host, ulong connectAbove)
    {
        TaskCompletionSource<byte[]> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestBoard board = new(host.HttpEndPoint.Port, host.MqttEndPoint.Port, Id, TestStore.Key)
        {
            HeardCommand = octets => heard.TrySetResult(octets),
        };
        await board.ReconnectAboveAsync(connectAbove);
        await board.Mqtt.SubscribeAsync(Topics.Command(Id), Mqtt.Packets.QualityOfService.AtLeastOnce);
        Command command = new() { Code = CommandCode.Pause };
        Assert.Equal(OrderResult.Sent, await host.Room<OrderDesk>().SendAsync(Id, command, CancellationToken.None));
        byte[] octets = await heard.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(ParseStatus.Done, Command.Parse(octets, 0, octets.Length, out Command told));
        return told.Counter;
    }
}
