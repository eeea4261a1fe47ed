using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Mqtt.Tests;
using MicroFirmware.Mqtt.Tests.Storage;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Storage;

/// <summary>A file system that is really full, under a whole gateway.</summary>
public sealed class FullDiskTests
{
    [SmallDiskFact]
    public async Task Shares_while_the_disk_is_full_are_not_acknowledged_and_are_when_there_is_room()
    {
        using SmallDisk disk = new();
        await using RunningGateway gateway = await RunningGateway.StartAsync(options => Use(options, disk));
        await using TestBoard board = await gateway.EnrolAsync("board-1");
        GroupCommit store = gateway.Host.Room<GroupCommit>();
        WorkRecord work = await board.FetchAsync();
        uint nonce = 0;
        Assert.Equal(VerdictCode.Accepted, (await SendAsync(1)).Code);

        disk.Fill();
        ulong sent = 1;
        Task<Verdict> last;
        do
        {
            // What the files have allocated takes a few more; the first that finds no room waits.
            last = SendAsync(++sent);
            await Waiting.UntilAsync(() => last.IsCompleted || store.Fault is not null);
        }
        while (store.Fault is null);

        Assert.Contains("free some space", store.Fault.Message);
        Assert.False(last.IsCompleted);
        Assert.Equal((long)sent - 1, gateway.Scalar("SELECT count(*) FROM shares"));
        disk.Empty();

        Assert.Equal(VerdictCode.Accepted, (await last).Code);
        Assert.Equal(VerdictCode.Accepted, (await SendAsync(++sent)).Code);
        Assert.Null(store.Fault);
        Assert.Equal((long)sent, gateway.Scalar("SELECT count(*) FROM shares"));

        Task<Verdict> SendAsync(ulong sequence)
        {
            ShareRecord share = TestBoard.Mine(work, sequence, nonce);
            nonce = share.Nonce + 1;
            return board.SendAsync(share);
        }
    }

    [SmallDiskFact]
    public async Task Start_on_a_full_disk_says_so_and_works_when_there_is_room()
    {
        using SmallDisk disk = new();
        disk.Fill();

        StorageException e = await Assert.ThrowsAsync<StorageException>(
            () => RunningGateway.StartAsync(options => Use(options, disk)));

        Assert.Contains("free some space", e.Message);
        disk.Empty();
        await using RunningGateway gateway = await RunningGateway.StartAsync(options => Use(options, disk));
        await gateway.EnrolAsync("board-1");
    }

    private static void Use(GatewayOptions options, SmallDisk disk) => options.Storage.DataDirectory = disk.Directory;
}
