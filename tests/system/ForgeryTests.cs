using System.Net;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Mining;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Protocol;

namespace MicroFirmware.System.Tests;

public sealed class ForgeryTests : IAsyncLifetime
{
    private Rig _rig = null!;

    public async Task InitializeAsync() => _rig = await Rig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Work_record_forged_on_the_way_is_refused_by_the_board()
    {
        await using var forger = new TcpRelay(_rig.Address.HttpPort, WorkForger.FlipOneBitOfTheTarget);
        VirtualBoard board = await _rig.AddBoardAsync(
            "a", new GatewayAddress("127.0.0.1", forger.Port, _rig.Address.MqttPort, false));

        await board.UntilAsync("two refusals", b => b.Statistics.WorkRefused >= 2);

        Assert.Equal(0u, board.Statistics.WorkAccepted);
        Assert.Equal(0u, board.Statistics.SharesFound);
    }

    [Fact]
    public async Task Work_record_of_another_request_is_refused_by_the_board()
    {
        await using var replayer = new TcpRelay(_rig.Address.HttpPort, new WorkForger().ReplayTheFirst);
        VirtualBoard board = await _rig.AddBoardAsync(
            "a", new GatewayAddress("127.0.0.1", replayer.Port, _rig.Address.MqttPort, false));

        await board.UntilAsync("a refusal of the second answer", b => b.Statistics.WorkRefused >= 1);

        Assert.Equal(1u, board.Statistics.WorkAccepted);
    }

    [Fact]
    public async Task Share_forged_is_refused_by_the_gateway()
    {
        BoardIdentity identity = await _rig.EnrolAsync("a");
        await using HandBoard board = await HandBoard.ConnectAsync(identity, _rig.Address);
        ShareRecord share = board.Mine(await board.FetchAsync(_rig.Address));

        Verdict withWrongKey = await board.SendAsync(board.Seal(share, new byte[32]));
        byte[] altered = board.Seal(share);
        altered[33] ^= 1;
        Verdict withAlteredNonce = await board.SendAsync(altered);

        Assert.Equal(VerdictCode.BadTag, withWrongKey.Code);
        Assert.Equal(VerdictCode.BadTag, withAlteredNonce.Code);
        Assert.Equal(0, _rig.ReportOf("a").Accepted);
    }

    [Fact]
    public async Task Share_sent_again_is_credited_once()
    {
        BoardIdentity identity = await _rig.EnrolAsync("a");
        await using HandBoard board = await HandBoard.ConnectAsync(identity, _rig.Address);
        ShareRecord share = board.Mine(await board.FetchAsync(_rig.Address));

        Verdict first = await board.SendAsync(board.Seal(share));
        Verdict again = await board.SendAsync(board.Seal(share));
        share.Sequence = board.NextSequence();
        Verdict underAnotherNumber = await board.SendAsync(board.Seal(share));

        Assert.True(first.IsAccepted);
        Assert.Equal((first.Code, first.Sequence, first.Work), (again.Code, again.Sequence, again.Work));
        Assert.False(underAnotherNumber.IsAccepted);
        DeviceReport report = _rig.ReportOf("a");
        Assert.Equal((1, first.Work), (report.Accepted, report.Work));
    }

    [Fact]
    public async Task Share_of_another_device_is_refused_by_the_gateway()
    {
        await using HandBoard finder = await HandBoard.ConnectAsync(await _rig.EnrolAsync("a"), _rig.Address);
        await using HandBoard thief = await HandBoard.ConnectAsync(await _rig.EnrolAsync("b"), _rig.Address);
        ShareRecord share = finder.Mine(await finder.FetchAsync(_rig.Address));
        await thief.FetchAsync(_rig.Address);

        Verdict verdict = await thief.SendAsync(thief.Seal(share));

        Assert.False(verdict.IsAccepted);
        Assert.Equal(0, _rig.ReportOf("b").Accepted);
    }

    [Fact]
    public async Task Work_request_replayed_is_refused_by_the_gateway()
    {
        await using HandBoard board = await HandBoard.ConnectAsync(await _rig.EnrolAsync("a"), _rig.Address);
        const ulong Counter = 7UL << 32;

        (HttpStatusCode first, _) = await board.AskForWorkAsync(_rig.Address, Counter);
        (HttpStatusCode replayed, _) = await board.AskForWorkAsync(_rig.Address, Counter);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first, replayed));
    }

    [Fact]
    public async Task Device_with_a_wrong_key_is_turned_away()
    {
        await _rig.EnrolAsync("a");

        await Assert.ThrowsAsync<MqttException>(
            () => HandBoard.ConnectAsync(BoardIdentity.Create("a"), _rig.Address));
    }

    [Fact]
    public async Task Device_that_speaks_for_another_is_not_heard()
    {
        await using HandBoard victim = await HandBoard.ConnectAsync(await _rig.EnrolAsync("a"), _rig.Address);
        HandBoard liar = await HandBoard.ConnectAsync(await _rig.EnrolAsync("b"), _rig.Address);
        byte[] share = victim.Seal(victim.Mine(await victim.FetchAsync(_rig.Address)));

        await Assert.ThrowsAsync<MqttException>(() => liar.PublishAsync(Topics.Share("a"), share));

        Assert.Equal(0, _rig.ReportOf("a").Accepted);
        Assert.True((await victim.SendAsync(share)).IsAccepted, "the victim's own share");
    }
}
