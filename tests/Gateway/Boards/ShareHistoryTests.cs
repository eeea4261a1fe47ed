using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Boards;

public sealed class ShareHistoryTests
{
    [Fact]
    public async Task Last_shares_are_those_on_the_disk_newest_first()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();
        ulong job;
        await using (TestBoard board = await gateway.EnrolAsync("board-1"))
        {
            WorkRecord work = await board.FetchAsync();
            job = work.JobId;
            ShareRecord first = TestBoard.Mine(work, 1);
            await board.SendAsync(first);
            await board.SendAsync(TestBoard.Mine(work, 2));
            await board.SendAsync(TestBoard.Mine(work, 3, first.Nonce + 1));
        }

        await gateway.RestartAsync();
        ShareHistory history = gateway.Host.Room<ShareHistory>();
        IReadOnlyList<ProvenShare> shares = history.Last("board-1", 10);

        Assert.Equal(
            [(3UL, VerdictCode.Accepted), (2UL, VerdictCode.Duplicate), (1UL, VerdictCode.Accepted)],
            shares.Select(share => (share.Sequence, share.Verdict)));
        Assert.All(shares, share => Assert.Equal(job, share.Job));
        Assert.Equal([true, false, true], shares.Select(share => share.Difficulty > 0));
        Assert.Single(history.Last("board-1", 1));
        Assert.Empty(history.Last("nobody", 10));
    }
}
