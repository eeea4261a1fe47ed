using MicroFirmware.Emulator.Boards;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Tests.Boards;

public sealed class VirtualBoardTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly BoardFleet _fleet = new(TimeProvider.System, 1);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task Board_whose_gateway_is_not_there_tries_again_and_hashes_nothing()
    {
        VirtualBoard board = PowerOn("board-1", _ => { });

        await board.When(b => b.Statistics.FetchFailures >= 2).WaitAsync(s_deadline);

        Assert.Equal((0ul, 0L, 1), (board.Statistics.Hashes, board.Unanswered, board.Starts));
        Assert.Null(_fleet.FindFault());
    }

    [Fact]
    public async Task Board_with_an_impossible_option_is_broken_and_says_so()
    {
        var lines = new List<string>();
        VirtualBoard board = PowerOn("Not An Id", lines.Add);

        await board.When(b => b.State == MinerState.Broken).WaitAsync(s_deadline);

        Assert.Contains(lines, line => line.Contains("out of range"));
    }

    /// <summary>Its gateway is at the discard port, where nobody answers.</summary>
    private VirtualBoard PowerOn(string id, Action<string> console) => _fleet.Add(new VirtualBoardOptions
    {
        Identity = BoardIdentity.Create(id),
        Gateway = new GatewayAddress("127.0.0.1", 9, 9, false),
        Console = console,
    });
}
