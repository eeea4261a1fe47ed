using MicroFirmware.Mqtt.Broker;

namespace MicroFirmware.Mqtt.Tests.Broker;

/// <summary>The broker closes a client that goes at the same moment.</summary>
public sealed class ClosingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Clients_that_go_while_the_broker_stops_do_not_keep_the_others_from_being_closed()
    {
        using var broker = NewBroker();
        int gone = 0;
        var clients = new List<RawClient>();
        for (int i = 0; i < 5; i++)
        {
            // Kestrel's connection, disposed between two of the broker's steps, says so like this.
            clients.Add(await ConnectAsync(broker, $"client-{i}", () =>
            {
                gone++;
                throw new ObjectDisposedException("connection");
            }));
        }

        broker.Dispose();

        await Task.WhenAll(clients.Select(c => c.Served)).WaitAsync(s_patience);
        Assert.Equal((5, 0), (gone, broker.Metrics.Connections));
    }

    [Fact]
    public async Task Client_that_goes_while_it_is_taken_over_leaves_its_session_to_the_next()
    {
        using var broker = NewBroker();
        RawClient first = await ConnectAsync(broker, "same", () => throw new ObjectDisposedException("connection"));

        RawClient second = await ConnectAsync(broker, "same", null);

        await first.Served.WaitAsync(s_patience);
        await second.SendAsync("PINGREQ");
        Assert.Equal("PINGRESP", await second.NextAsync());
        Assert.Equal(1, broker.Metrics.Connections);
    }

    private static MqttBroker NewBroker() =>
        new(new BrokerOptions { SysInterval = TimeSpan.Zero }, new OpenAuthority(), new ManualTime());

    private static async Task<RawClient> ConnectAsync(MqttBroker broker, string clientId, Action? aborting)
    {
        var client = new RawClient(broker, aborting: aborting);
        await client.SendAsync($"CONNECT {clientId} clean");
        Assert.Equal("CONNACK Accepted", await client.NextAsync());
        return client;
    }
}
