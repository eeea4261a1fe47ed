using System.Net;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Mqtt.Tests;

/// <summary>A broker behind Kestrel on a free port of loopback.</summary>
internal sealed class KestrelBroker : IAsyncDisposable
{
    private readonly WebApplication _app;

    private KestrelBroker(WebApplication app, MqttBroker broker)
    {
        _app = app;
        Broker = broker;
        Port = new Uri(app.Urls.First()).Port;
    }

    public MqttBroker Broker { get; }

    public int Port { get; }

    public static async Task<KestrelBroker> StartAsync(BrokerOptions? options = null, IBrokerAuthority? authority = null)
    {
        var broker = new MqttBroker(options ?? new BrokerOptions(), authority ?? new OpenAuthority());
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseMqtt(broker)));
        WebApplication app = builder.Build();
        await app.StartAsync();
        return new KestrelBroker(app, broker);
    }

    public Task<MqttClient> ConnectAsync(string clientId, Action<ReceivedMessage>? onMessage = null) =>
        MqttClient.ConnectAsync(Options(clientId) with { OnMessage = onMessage });

    public MqttClientOptions Options(string clientId) => new() { Port = Port, ClientId = clientId };

    public async ValueTask DisposeAsync()
    {
        Broker.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
