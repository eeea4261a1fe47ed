using System.Net;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Bench.Mqtt;

/// <summary>The broker as the gateway hosts it, on a free port of loopback.</summary>
internal sealed class BenchBroker : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchBroker(WebApplication app, MqttBroker broker)
    {
        _app = app;
        Broker = broker;
        Port = new Uri(app.Urls.First()).Port;
    }

    public MqttBroker Broker { get; }

    public int Port { get; }

    public static async Task<BenchBroker> StartAsync(
        BrokerOptions? options = null, ISessionStore? store = null)
    {
        var broker = new MqttBroker(options ?? new BrokerOptions(), new OpenAuthority(), store: store);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseMqttSockets();
        builder.WebHost.ConfigureKestrel(k => k.ListenMqtt(new IPEndPoint(IPAddress.Loopback, 0), () => broker));
        WebApplication app = builder.Build();
        await app.StartAsync();
        return new BenchBroker(app, broker);
    }

    public async ValueTask DisposeAsync()
    {
        Broker.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
