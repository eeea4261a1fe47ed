using System.Net;
using MicroFirmware.Gateway.Broker;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Mqtt.Broker;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway;

/// <summary>The gateway's rooms, who is made of whom, and the two doors they are reached by.</summary>
internal static class GatewayServices
{
    // A board's request is one line and a handful of fields; everything above is refused before it is read.
    private const int MaxRequestLineOctets = 2 * 1024;
    private const int MaxHeaderOctets = 8 * 1024;
    private const int MaxHeaders = 32;
    private const int MaxBodyOctets = 1024;
    private static readonly TimeSpan s_headersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Everything but HTTP itself.</summary>
    public static void AddGatewayRooms(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options).AddSingleton(options.Storage).AddSingleton(options.Shares);
        services.AddSingleton(options.Devices).AddSingleton<GatewayClock>();

        // The store keeps real time: it waits for a disk, not for a board.
        services.AddSingleton<DataDirectory>();
        services.AddSingleton(provider => new GroupCommit(
            provider.GetRequiredService<DataDirectory>().Open, options.Storage, TimeProvider.System));
        services.AddSingleton<DeviceRegistry>().AddSingleton<Gatekeeper>().AddSingleton<WorkDesk>();
        services.AddSingleton<DevicePatrol>();

        services.AddSingleton(new JobOptions()).AddSingleton<JobBoard>();
        services.AddSingleton<IShareSink, SqliteShareSink>().AddSingleton<FleetStatistics>();
        services.AddSingleton<BlockDesk>().AddSingleton<ShareRoom>();

        services.AddSingleton(BrokerLimits(options)).AddSingleton<IBrokerAuthority, BoardAuthority>();
        services.AddSingleton<MqttBroker>().AddSingleton<ShareInlet>().AddSingleton<BoardReports>();
        services.AddSingleton<JobAnnouncer>().AddSingleton<StatisticsDesk>().AddSingleton<GatewayMetrics>();
        services.AddSingleton<Wiring>();
        services.AddSingleton<IHostLifetime, NoLifetime>();
    }

    /// <summary>HTTP and MQTT on their own ports of one Kestrel.</summary>
    public static void ListenForBoards(this IWebHostBuilder web, GatewayOptions options)
    {
        web.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineOctets;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderOctets;
            kestrel.Limits.MaxRequestHeaderCount = MaxHeaders;
            kestrel.Limits.MaxRequestBodySize = MaxBodyOctets;
            kestrel.Limits.RequestHeadersTimeout = s_headersTimeout;
            kestrel.Listen(options.Http.EndPoint, http =>
            {
                http.Protocols = HttpProtocols.Http1;
                http.LimitConnections(options.Http.MaxConnections);
            });
            kestrel.Listen(options.Mqtt.EndPoint,
                mqtt => mqtt.UseMqtt(mqtt.ApplicationServices.GetRequiredService<MqttBroker>()));
        });
    }

    /// <summary>
    /// Kestrel's own limit is one for all ports; boards must not be kept out because browsers are many.
    /// </summary>
    private static void LimitConnections(this ListenOptions listen, int most)
    {
        int open = 0;
        listen.Use(next => async connection =>
        {
            try
            {
                if (Interlocked.Increment(ref open) <= most)
                {
                    await next(connection);
                }
                else
                {
                    connection.Abort();
                }
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        });
    }

    private static BrokerOptions BrokerLimits(GatewayOptions options) => new()
    {
        MaxConnections = options.Mqtt.MaxConnections,
        MaxSessions = options.Mqtt.MaxConnections,
        MaxRetainedMessages = options.Devices.MaxDevices,
    };

    /// <summary>Ctrl-C belongs to whoever hosts the gateway.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
