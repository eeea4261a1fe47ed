using System.Net;
using System.Net.Sockets;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Tests.Entrance;

/// <summary>What happens to clients over their budget, and to those that break the rules.</summary>
public sealed class EntranceTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Connect_over_the_budget_is_answered_when_its_turn_comes()
    {
        var time = new ManualTime();
        using var broker = NewBroker(new BrokerOptions { MaxConnectsPerAddressPerSecond = 2 }, time);
        await ConnectAsync(broker, "a");
        await ConnectAsync(broker, "b");
        var late = new RawClient(broker);
        await late.SendAsync("CONNECT c clean");
        Task<string> answer = late.NextAsync();

        Assert.Equal(2, broker.Metrics.Connections);
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("CONNACK Accepted", await answer);
    }

    [Fact]
    public async Task Connect_without_room_to_wait_is_closed_at_once()
    {
        var options = new BrokerOptions { MaxConnectsPerAddressPerSecond = 1, MaxWaitingConnects = 0 };
        using var broker = NewBroker(options, new ManualTime());
        await ConnectAsync(broker, "a");

        await new RawClient(broker).Served.WaitAsync(s_patience);
    }

    [Fact]
    public async Task Client_that_breaks_the_rules_again_and_again_is_held_before_it_is_closed()
    {
        var time = new ManualTime();
        using var broker = NewBroker(new BrokerOptions(), time);
        RawClient held = await FailUntilHeldAsync(broker);

        await Waiting.UntilAsync(() => broker.Metrics.Connections == 0);
        Assert.False(held.Served.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("CLOSED", await held.NextAsync());
        await held.Served.WaitAsync(s_patience);
        await Waiting.UntilAsync(() => broker.Penalties.Held == 0);
    }

    [Fact]
    public async Task Client_beside_those_who_are_held_is_served_though_it_has_their_address()
    {
        using var broker = NewBroker(new BrokerOptions(), new ManualTime());
        await FailUntilHeldAsync(broker);

        RawClient good = await ConnectAsync(broker, "good");
        await good.SendAsync("PUBLISH t=x@1 id=1");

        Assert.Equal("PUBACK id=1", await good.NextAsync());
    }

    [Fact]
    public async Task Refused_client_has_its_answer_before_it_is_held()
    {
        using var broker = NewBroker(new BrokerOptions(), new ManualTime());
        await FailUntilHeldAsync(broker);
        var refused = new RawClient(broker);

        await refused.SendAsync("CONNECT  ");

        Assert.Equal("CONNACK IdentifierRejected", await refused.NextAsync());
        Assert.Equal(2, broker.Penalties.Held);
    }

    [Fact]
    public async Task Held_clients_are_bounded_and_a_quiet_time_is_forgiven()
    {
        var time = new ManualTime();
        using var broker = NewBroker(new BrokerOptions { MaxHeldConnects = 1 }, time);
        await FailUntilHeldAsync(broker);
        await (await FailAsync(broker)).Served.WaitAsync(s_patience);

        time.Advance(TimeSpan.FromSeconds(20));

        await (await FailAsync(broker)).Served.WaitAsync(s_patience);
        await Waiting.UntilAsync(() => broker.Penalties.Held == 0);
    }

    [Fact]
    public async Task Held_client_is_let_go_when_the_broker_stops()
    {
        using var broker = NewBroker(new BrokerOptions(), new ManualTime());
        RawClient held = await FailUntilHeldAsync(broker);

        broker.Dispose();

        await held.Served.WaitAsync(s_patience);
    }

    [Fact]
    public async Task Sockets_over_the_budget_wait_and_all_are_served()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync(
            new BrokerOptions { MaxConnectsPerAddressPerSecond = 50, MaxConnectsPerSecond = 100 });

        MqttClient[] all = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => host.ConnectAsync($"board-{i}")));

        await Task.WhenAll(all.Select(c => c.PublishAsync("t", new byte[1], QualityOfService.AtLeastOnce)));
        Assert.Equal(100, host.Broker.Metrics.PublishesReceived);
        foreach (MqttClient client in all)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Sockets_that_are_reset_at_once_do_not_end_the_listener()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync(
            new BrokerOptions { MaxConnectsPerAddressPerSecond = 1_000 });
        for (int i = 0; i < 200; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, host.Port);
            socket.Close(0);
        }

        await using MqttClient client = await host.ConnectAsync("good");
        await client.PublishAsync("t", new byte[1], QualityOfService.AtLeastOnce);
    }

    [Fact]
    public async Task Socket_that_breaks_the_rules_is_held_open()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync(
            new BrokerOptions { PenaltyTime = TimeSpan.FromMinutes(10) });
        var sockets = new List<TcpClient>();
        while (host.Broker.Penalties.Held == 0)
        {
            var socket = new TcpClient();
            sockets.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, host.Port);
            await socket.GetStream().WriteAsync(new byte[] { 0, 0 });
        }

        sockets.ForEach(s => s.Dispose());
        await Waiting.UntilAsync(() => host.Broker.Penalties.Held == 0);
    }

    [Fact]
    public async Task Flood_over_the_budget_is_held_back_by_tcp()
    {
        const int most = 4 * 1024 * 1024;
        await using KestrelBroker host = await KestrelBroker.StartAsync(new BrokerOptions { MaxPacketsPerSecond = 1 });
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            SendBufferSize = 64 * 1024,
        };
        await socket.ConnectAsync(IPAddress.Loopback, host.Port);
        await socket.SendAsync(PacketText.Parse("CONNECT flooder clean"));
        ReadOnlyMemory<byte> flood = PacketText.Parse($"PUBLISH t={new string('x', 60_000)}@0");
        int sent = await socket.SendAsync(flood);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            while (sent < most)
            {
                sent += await socket.SendAsync(flood, patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Held back: the sender's own buffer is full.
        }

        Assert.InRange(sent, 1, most - 1);
    }

    private static MqttBroker NewBroker(BrokerOptions options, ManualTime time)
    {
        options.SysInterval = TimeSpan.Zero;
        return new MqttBroker(options, new OpenAuthority(), time);
    }

    private static async Task<RawClient> ConnectAsync(MqttBroker broker, string clientId)
    {
        var client = new RawClient(broker);
        await client.SendAsync($"CONNECT {clientId} clean");
        Assert.Equal("CONNACK Accepted", await client.NextAsync());
        return client;
    }

    /// <summary>The first few are told at once; the last of these is not.</summary>
    private static async Task<RawClient> FailUntilHeldAsync(MqttBroker broker)
    {
        for (int i = 0; i < 20; i++)
        {
            await (await FailAsync(broker)).Served.WaitAsync(s_patience);
        }

        RawClient held = await FailAsync(broker);
        await Waiting.UntilAsync(() => broker.Penalties.Held == 1);
        return held;
    }

    private static async Task<RawClient> FailAsync(MqttBroker broker)
    {
        var client = new RawClient(broker);
        await client.SendAsync(new byte[] { 0, 0 });
        return client;
    }
}
