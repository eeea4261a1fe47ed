using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Dashboard;

/// <summary>
/// Makes the overview once, for nobody, while the gateway reads its database: what is compiled then is not compiled
/// while the first reader waits. The doors open when both are done. Then it knocks once: a request has its own way
/// through the server, which takes ten times as long the first time.
/// </summary>
internal sealed class PageWarmUp(IServer server, ILogger<PageWarmUp> log) : IHostedLifecycleService
{
    // A gateway must start, with or without pages that come at once.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private Task _made = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public void Begin(WebApplication app) => _made = Task.Run(() => MakeAsync(app));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _made.WaitAsync(s_longest, cancellationToken);
        }
        catch (TimeoutException)
        {
            log.LogDebug("The first page is not made yet; the gateway does not wait for it.");
        }
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_longest);
        try
        {
            await KnockAsync(new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()), limit.Token);
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("The gateway does not wait for its own answer.");
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException or FormatException)
        {
            log.LogDebug(e, "The gateway did not answer itself; the first reader waits a little longer.");
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One request, as a browser's, for what costs nothing.</summary>
    private static async Task KnockAsync(Uri door, CancellationToken cancel)
    {
        IPAddress address = IPAddress.Parse(door.Host);
        address = address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        using TcpClient visitor = new(address.AddressFamily);
        await visitor.ConnectAsync(address, door.Port, cancel);
        byte[] request = Encoding.ASCII.GetBytes(
            $"GET /healthz HTTP/1.1\r\nHost: {door.Authority}\r\nConnection: close\r\n\r\n");
        await visitor.GetStream().WriteAsync(request, cancel);
        await visitor.GetStream().CopyToAsync(Stream.Null, cancel);
    }

    private async Task MakeAsync(WebApplication app)
    {
        try
        {
            Endpoint overview = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>().First(endpoint => endpoint.RoutePattern.RawText == "/"
                    && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null);
            await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
            DefaultHttpContext context = new() { RequestServices = scope.ServiceProvider };
            context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
            (context.Request.Method, context.Request.Scheme) = (HttpMethods.Get, "http");
            (context.Request.Host, context.Request.Path) = (new HostString("localhost"), "/");
            context.SetEndpoint(overview);
            await overview.RequestDelegate!(context);
        }
        catch (Exception e)
        {
            // Whoever opens the page will see what is wrong with it; or the gateway was stopped meanwhile.
            log.LogDebug(e, "The first page could not be made ahead.");
        }
    }
}
