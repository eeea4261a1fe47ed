using System.Net;
using System.Net.Security;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Stratum;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Mqtt.Broker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway;

/// <summary>
/// The doors the gateway is reached by: HTTP and MQTT, in plain text and over TLS, and WebSockets and Stratum where
/// they are wanted. </summary>
internal static class Listeners
{
    // A board's request is one line and a handful of fields; everything above is refused before it is read.
    private const int MaxRequestLineOctets = 2 * 1024;
    private const int MaxHeaderOctets = 8 * 1024;
    private const int MaxHeaders = 32;
    private const int MaxBodyOctets = 1024;
    private static readonly TimeSpan s_headersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>HTTP, MQTT, the same over TLS, then Stratum, on their own ports of one Kestrel, in this order.
    /// </summary>
    public static void ListenForBoards(this IWebHostBuilder web, Live<GatewayOptions> live)
    {
        web.UseKestrelCore().UseKestrelHttpsConfiguration().UseMqttSockets().ConfigureKestrel(kestrel =>
        {
            GatewayOptions options = live.Now;
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineOctets;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderOctets;
            kestrel.Limits.MaxRequestHeaderCount = MaxHeaders;
            kestrel.Limits.MaxRequestBodySize = MaxBodyOctets;
            kestrel.Limits.RequestHeadersTimeout = s_headersTimeout;
            bool plain = options.Tls.PlainText;
            kestrel.Listen(options.Http.PlainEndPoint(plain), http => http.UseHttp1(() => live.Now.Http));

            // Asked for when the server starts: until then nothing is opened that somebody would have to close.
            Func<MqttBroker> broker = kestrel.ApplicationServices.GetRequiredService<MqttBroker>;
            kestrel.ListenMqtt(options.Mqtt.PlainEndPoint(plain), broker);
            if (options.Tls.Enabled)
            {
                kestrel.Listen(options.Http.TlsEndPoint, https => https.UseHttpTls(() => live.Now.Http));
                kestrel.ListenMqtt(options.Mqtt.TlsEndPoint, broker, tls => tls.UseMqttTls(() => live.Now.Mqtt));
            }

            kestrel.ListenForMiners(live);
        });
    }

    /// <summary>MQTT over WebSockets beside the HTTP routes, if it has a path.</summary>
    public static void MapBoards(this WebApplication app, MqttOptions options)
    {
        if (options.WebSocketPath.Length > 0)
        {
            app.UseWebSockets();
            app.MapMqtt(options.WebSocketPath, app.Services.GetRequiredService<MqttBroker>());
        }
    }

    /// <summary>Stratum, and Stratum over TLS, whose certificate is that of MQTT.</summary>
    private static void ListenForMiners(this KestrelServerOptions kestrel, Live<GatewayOptions> live)
    {
        StratumOptions options = live.Now.Stratum;
        IPAddress address = IPAddress.Parse(options.Address);
        Func<StratumServer> server = kestrel.ApplicationServices.GetRequiredService<StratumServer>;
        if (options.Port is { } port)
        {
            kestrel.Listen(address, port, listen => listen.Run(connection => server().ServeAsync(connection)));
        }

        if (options.TlsPort is { } tlsPort)
        {
            kestrel.Listen(address, tlsPort, listen =>
            {
                // The server counts a connection after its handshake; who never ends it must be counted too.
                listen.LimitConnections(() => live.Now.Stratum.MaxConnections);
                listen.UseTls(tls => tls.ForMiners());
                listen.Run(connection => server().ServeAsync(connection));
            });
        }
    }

    private static void UseHttp1(this ListenOptions listen, Func<EndpointOptions> options)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.LimitConnections(() => options().MaxConnections);
    }

    private static void UseHttpTls(this ListenOptions listen, Func<EndpointOptions> options)
    {
        listen.UseHttp1(options);
        Func<ServerIdentity> identity = listen.ApplicationServices.GetRequiredService<ServerIdentity>;
        listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => identity().Current);
    }

    private static void UseMqttTls(this ListenOptions listen, Func<MqttOptions> options)
    {
        // The broker counts a connection after its handshake; who never ends it must be counted too.
        listen.LimitConnections(() => options().MaxConnections);
        listen.UseTls(tls => tls.ForBoards());
    }

    private static void UseTls(this ListenOptions listen, Func<DoorTls, SslServerAuthenticationOptions> choose)
    {
        Func<DoorTls> tls = listen.ApplicationServices.GetRequiredService<DoorTls>;
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(choose(tls())) });
    }

    /// <summary>
    /// Kestrel's own limit is one for all ports; boards must not be kept out because browsers are many.
    /// </summary>
    private static void LimitConnections(this ListenOptions listen, Func<int> most)
    {
        int open = 0;
        listen.Use(next => async connection =>
        {
            try
            {
                if (Interlocked.Increment(ref open) <= most())
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
}
