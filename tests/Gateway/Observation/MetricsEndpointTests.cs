using System.Net;
using System.Text;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Observation;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Mqtt.Tests;
using MicroFirmware.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Observation;

/// <summary>A running gateway's figures, where collectors find them.</summary>
public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task Metrics_show_a_share_from_connection_to_commit()
    {
        await using RunningGateway gateway =
            await RunningGateway.StartAsync(options => options.Mqtt.KeepSessions = true);
        await using TestBoard board = await gateway.EnrolAsync("board-1");
        Verdict verdict = await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 1));
        Assert.Equal(VerdictCode.Accepted, verdict.Code);

        PrometheusPage page = await ReadAsync(gateway.Host);

        Assert.Equal(1, page["""gateway_shares_total{verdict="Accepted"}"""]);
        Assert.Equal(0, page["""gateway_shares_total{verdict="Duplicate"}"""]);
        Assert.Equal(1, page["gateway_devices"]);
        Assert.Equal(0, page["gateway_store_fault"]);
        Assert.Equal(1, page["mqtt_connections"]);
        Assert.Equal(0, page["mqtt_connections_waiting"]);
        Assert.Contains("mqtt_publishes_received_total", page.Samples);
        page.AssertIsHistogram("gateway_commit_duration_seconds");
        page.AssertIsHistogram("gateway_commit_entries");
        page.AssertIsHistogram("mqtt_store_duration_seconds");
        Assert.Contains(page.Types, type => type.Key.StartsWith("http_server_", StringComparison.Ordinal));
        Assert.Contains(page.Types, type => type.Key.StartsWith("kestrel_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_of_the_upstreams_and_of_stratum_are_among_them()
    {
        using TemporaryDirectory directory = new();
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Storage.DataDirectory = directory.Path;
        UpstreamMetrics metrics = new();
        await using UpstreamSelector upstreams = new(
            [new FixedUpstream()], TimeProvider.System, metrics, NullLogger<UpstreamSelector>.Instance);
        await using GatewayHost host = GatewayHost.Create(options, TimeProvider.System, new Random(1), upstreams);
        await host.StartAsync();

        metrics.Switch("pool.example");
        PrometheusPage page = await ReadAsync(host);

        Assert.Equal(1, page["""gateway_upstream_switches_total{upstream="pool.example"}"""]);
        Assert.Equal(0, page["gateway_stratum_connections"]);
    }

    [Fact]
    public async Task Metrics_switched_off_are_not_served()
    {
        await using RunningGateway gateway =
            await RunningGateway.StartAsync(options => options.Metrics.Prometheus = false);
        using HttpClient http = new();

        using HttpResponseMessage answer = await http.GetAsync($"http://{gateway.Host.HttpEndPoint}/metrics");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Collector_that_is_set_gets_the_figures_by_otlp()
    {
        List<(string Path, string? ContentType, byte[] Body)> received = [];
        await using WebApplication collector = await StartCollectorAsync(received);
        await using (RunningGateway gateway = await RunningGateway.StartAsync(
            options => options.Metrics.Otlp.Endpoint = collector.Urls.First()))
        {
            await gateway.EnrolAsync("board-1", connect: false);
        }

        // What was not sent by then is sent at the end.
        await Waiting.UntilAsync(() =>
        {
            lock (received)
            {
                return received.Count > 0;
            }
        });
        var (path, contentType, body) = received[^1];
        Assert.Equal(("/v1/metrics", "application/x-protobuf"), (path, contentType));
        string text = Encoding.Latin1.GetString(body);
        Assert.Contains("microfirmware-gateway", text);
        Assert.Contains("gateway.devices", text);
    }

    [Fact]
    public async Task Collector_that_is_not_there_does_not_keep_the_gateway_from_its_work()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            options => options.Metrics.Otlp.Endpoint = "http://127.0.0.1:1");
        await using TestBoard board = await gateway.EnrolAsync("board-1");

        Assert.Equal(VerdictCode.Accepted, (await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 1))).Code);
    }

    private static async Task<PrometheusPage> ReadAsync(GatewayHost gateway)
    {
        using HttpClient http = new();
        using HttpResponseMessage answer = await http.GetAsync($"http://{gateway.HttpEndPoint}/metrics");
        Assert.Equal(PrometheusText.ContentType, answer.Content.Headers.ContentType?.ToString());
        return PrometheusPage.Parse(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<WebApplication> StartCollectorAsync(
        List<(string Path, string? ContentType, byte[] Body)> received)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        app.Run(async http =>
        {
            using MemoryStream body = new();
            await http.Request.Body.CopyToAsync(body);
            lock (received)
            {
                received.Add((http.Request.Path, http.Request.ContentType, body.ToArray()));
            }
        });
        await app.StartAsync();
        return app;
    }
}
