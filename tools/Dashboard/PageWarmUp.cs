using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Dashboard;

/// <summary>
/// Makes the overview once, for nobody, while the gateway reads its database: what is compiled then is not compiled
/// while the first reader waits. The doors open when both are done.
/// </summary>
internal sealed class PageWarmUp(ILogger<PageWarmUp> log) : IHostedService
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

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
