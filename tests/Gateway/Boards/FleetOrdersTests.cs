using System.Collections.Concurrent;
using MicroFirmware.Gateway.Boards;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Boards;

/// <summary>Orders to several boards, over real sockets.</summary>
public sealed class FleetOrdersTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private RunningGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Order_to_a_selection_says_of_each_board_what_became_of_it()
    {
        TaskCompletionSource<byte[]> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _gateway.EnrolAsync("offline", connect: false);
        await _gateway.Host.EnrolAsync("online", TestStore.Key);
        await using TestBoard board = new(
            _gateway.Host.HttpEndPoint.Port, _gateway.Host.MqttEndPoint.Port, "online", TestStore.Key)
        {
            HeardCommand = octets => heard.TrySetResult(octets),
        };
        await board.ConnectAsync();
        await board.Mqtt.SubscribeAsync(Topics.Command("online"), QualityOfService.AtLeastOnce);
        await _gateway.Host.Room<DeviceRegistry>().FindOrEnrolWorkerAsync("account.worker");
        ConcurrentQueue<OrderOutcome> told = [];

        IReadOnlyList<OrderOutcome> outcomes = await _gateway.Host.Room<FleetOrders>().SendAsync(
            ["online", "offline", "account.worker", "nobody"], new Order("identify", 5), told.Enqueue, default);

        Assert.Equal(
            [
                new OrderOutcome("online", OrderResult.Sent),
                new OrderOutcome("offline", OrderResult.Offline),
                new OrderOutcome("account.worker", OrderResult.TakesNone),
                new OrderOutcome("nobody", OrderResult.NoSuchDevice),
            ],
            outcomes);
        Assert.Equal(outcomes.OrderBy(o => o.Id), told.OrderBy(o => o.Id));
        byte[] octets = await heard.Task.WaitAsync(s_deadline);
        Assert.True(Command.IsAuthentic(octets, 0, TestStore.Key, "online"));
    }

    [Fact]
    public async Task Order_that_is_none_goes_to_nobody() => await Assert.ThrowsAsync<ArgumentException>(
        () => _gateway.Host.Room<FleetOrders>().SendAsync([], new Order("fly"), null, default));

    [Fact]
    public async Task Revoked_board_is_let_in_again_with_its_key()
    {
        FleetOrders orders = _gateway.Host.Room<FleetOrders>();
        await using TestBoard board = await _gateway.EnrolAsync("board-1");

        Assert.Equal(OrderResult.Sent, (await orders.RevokeAsync(["board-1"], null, default))[0].Result);
        Assert.Equal(BoardState.Revoked, _gateway.Host.Room<BoardCatalogue>().Row("board-1")!.State);
        await _gateway.RestartAsync();
        orders = _gateway.Host.Room<FleetOrders>();
        Assert.Equal(BoardState.Revoked, _gateway.Host.Room<BoardCatalogue>().Row("board-1")!.State);
        Assert.Equal(OrderResult.Sent, (await orders.RestoreAsync(["board-1"], null, default))[0].Result);
        Assert.Equal(OrderResult.NoSuchDevice, (await orders.RestoreAsync(["nobody"], null, default))[0].Result);

        await using TestBoard again = await _gateway.BoardAsync("board-1", connect: false);
        await again.ReconnectAboveAsync(1UL << 40);
        Assert.NotEqual(BoardState.Revoked, _gateway.Host.Room<BoardCatalogue>().Row("board-1")!.State);
    }

    [Fact]
    public async Task Selection_is_put_into_a_group()
    {
        await _gateway.EnrolAsync("a", connect: false);
        await _gateway.EnrolAsync("b", connect: false);

        await _gateway.Host.Room<FleetOrders>().LabelAsync(
            ["a", "b"], label => label with { Group = "Attic" }, null, default);

        BoardPage page = _gateway.Host.Room<BoardCatalogue>().Find(BoardQuery.All with { Group = "Attic" }, 0, 50);
        Assert.Equal(["a", "b"], page.Rows.Select(row => row.Id));
    }
}
