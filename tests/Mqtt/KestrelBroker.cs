using System.Net;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Mqtt.Tests;

/// <summary>A broker behind Kestrel on free ports of loopback: TCP, TLS and WebSocket.</summary>
internal sealed class KestrelBroker : IAsyncDisposable
{
    private readonly WebApplication _app;

    private KestrelBroker(WebApplication app, MqttBroker broker)
    {
        _app = app;
        Broker = broker;
        int[] ports = [.. app.Urls.Select(u => new Uri(u).Port)];
        (Port, TlsPort, WebPort) = (ports[0], ports[1], ports[2]);
    }

    public MqttBroker Broker { get; }

    /// <summary>MQTT over TCP.</summary>
    public int Port { get; }

    /// <summary>MQTT over TLS; asks for a client certificate, does not need one.</summary>
    public int TlsPort { get; }

    /// <summary>HTTP, with WebSockets at <c>/mqtt</c>.</summary>
    public int WebPort { get; }

    public static Task<KestrelBroker> StartAsync(BrokerOptions? options = null, IBrokerAuthority? authority = null) =>
        StartAsync(new MqttBroker(options ?? new BrokerOptions(), authority ?? new OpenAuthority()));

    public static async Task<KestrelBroker> StartAsync(MqttBroker broker)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseMqttSockets().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            var free = new IPEndPoint(IPAddress.Loopback, 0);
            kestrel.ListenMqtt(free, () => broker);
            kestrel.ListenMqtt(free, () => broker, l => l.UseHttps(TestCertificates.Server, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (certificate, _, _) => TestCertificates.IsOurs(certificate);
            }));
            kestrel.Listen(free);
        });
        WebApplication app = builder.Build();
        app.UseWebSockets();
        app.MapMqtt("/mqtt", broker);
        await app.StartAsync();
        return new KestrelBroker(app, broker);
    }

    public Task<MqttClient> ConnectAsync(string clientId, Action<ReceivedMessage>? onMessage = null) =>
        MqttClient.ConnectAsync(Options(clientId) with { OnMessage = onMessage });

    public MqttClientOptions Options(string clientId) => new() { Port = Port, ClientId = clientId };

    public MqttClientOptions TlsOptions(string clientId, X509Certificate2? certificate = null) => new()
    {
        Port = TlsPort,
        ClientId = clientId,
        Tls = new()
        {
            TargetHost = "localhost",
            ClientCertificates = certificate is null ? null : [certificate],
            RemoteCertificateValidationCallback = (_, c, _, _) => TestCertificates.IsOurs(c),
        },
    };

    public async ValueTask DisposeAsync()
    {
        Broker.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
