using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Protocol;

namespace MicroFirmware.System.Tests;

public sealed class MiningTests : IAsyncLifetime
{
    private Rig _rig = null!;

    public async Task InitializeAsync() => _rig = await Rig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Boards_mine_shares_that_the_gateway_accepts_and_find_a_block()
    {
        VirtualBoard[] boards =
            [await _rig.AddBoardAsync("a"), await _rig.AddBoardAsync("b"), await _rig.AddBoardAsync("c")];

        await Task.WhenAll(boards.Select(board => board.UntilAsync("five shares", b => b.Statistics.Accepted >= 5)));
        FoundBlock block = await _rig.FirstBlock.WaitAsync(Rig.Deadline);
        await _rig.Fleet.DrainAsync(Rig.Deadline);

        Assert.Equal((BlockState.Accepted, 1), (block.State, block.Height));
        Assert.Contains(block.Device, boards.Select(board => board.Id));
        Assert.All(boards, AssertNothingLostOrInvalid);
    }

    [Fact]
    public async Task Gateway_restarted_has_lost_no_accepted_share_and_boards_resume()
    {
        VirtualBoard board = await _rig.AddBoardAsync("a");
        await board.UntilAsync("five shares", b => b.Statistics.Accepted >= 5);

        await _rig.StopGatewayAsync();
        uint acceptedBefore = board.Statistics.Accepted;
        ulong workBefore = board.Statistics.WorkCredited;
        await _rig.StartGatewayAsync();

        DeviceReport kept = _rig.ReportOf("a");
        Assert.True(kept.Accepted >= acceptedBefore, $"{kept.Accepted} stored, {acceptedBefore} acknowledged");
        Assert.True(kept.Work >= workBefore, $"{kept.Work} stored, {workBefore} acknowledged");

        await board.UntilAsync("shares after the restart", b => b.Statistics.Accepted >= acceptedBefore + 5);
        await _rig.Fleet.DrainAsync(Rig.Deadline);
        AssertNothingLostOrInvalid(board);
    }

    [Fact]
    public async Task Board_cut_off_for_a_while_comes_back_with_what_it_found()
    {
        await using var http = new TcpRelay(_rig.Address.HttpPort);
        await using var mqtt = new TcpRelay(_rig.Address.MqttPort);
        VirtualBoard board = await _rig.AddBoardAsync("a", new("127.0.0.1", http.Port, mqtt.Port, false));
        await board.UntilAsync("five shares", b => b.Statistics.Accepted >= 5);

        http.Cut();
        mqtt.Cut();
        uint foundBefore = board.Statistics.SharesFound;
        await board.UntilAsync("a share found while cut off", b => b.Statistics.SharesFound > foundBefore);
        uint acceptedBefore = board.Statistics.Accepted;
        http.Mend();
        mqtt.Mend();

        await board.UntilAsync("shares after the cut", b => b.Statistics.Accepted >= acceptedBefore + 5);
        await _rig.Fleet.DrainAsync(Rig.Deadline);
        Assert.True(board.Statistics.Connections >= 2, "the board never reconnected");
        AssertNothingLostOrInvalid(board);
    }

    [Fact]
    public async Task Board_told_to_restart_comes_back_and_mines()
    {
        BoardIdentity identity = await _rig.EnrolAsync("a");
        VirtualBoard board = _rig.PowerOn(identity);
        await board.UntilAsync("a share", b => b.Statistics.Accepted >= 1);

        _rig.Order(identity, new Command { Code = CommandCode.Restart, Counter = 1 });

        await board.UntilAsync("a share after the restart", b => b.Starts == 2 && b.Statistics.Accepted >= 1);
        Assert.Equal(0, _rig.ReportOf("a").Invalid);
    }

    /// <summary>Board and gateway agree on every share, and none was wrong in itself.</summary>
    private void AssertNothingLostOrInvalid(VirtualBoard board)
    {
        DeviceReport report = _rig.ReportOf(board.Id);
        uint late = board.Statistics.CountOf(VerdictCode.Stale) + board.Statistics.CountOf(VerdictCode.UnknownJob);
        Assert.Equal(0, board.Outstanding);
        Assert.Equal(0u, board.Statistics.SharesDropped);
        Assert.Equal(late, board.Statistics.Rejected);
        Assert.Equal(0, report.Invalid);
        Assert.Equal(board.Statistics.Accepted, report.Accepted);
        Assert.Equal(board.Statistics.WorkCredited, report.Work);
    }
}
