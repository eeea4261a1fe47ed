using System.Net;
using MicroFirmware.Paywall.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Paywall.Proxy;

/// <summary>A price in front of a site that knows nothing of it: what is paid for is passed on, and nothing else.
/// </summary>
public static class PaywallProxy
{
    /// <summary>Puts a proxy together; it listens once it is started.</summary>
    /// <param name="listen">Where it answers; port 0 for any free one.</param>
    /// <param name="site">The site behind it.</param>
    /// <param name="cashier">Takes the payments.</param>
    /// <param name="terms">What every page costs.</param>
    /// <param name="maxConnections">Connections at a time, 1 or more.</param>
    /// <exception cref="ArgumentException">The terms are out of range, or the site is no http or https URL.</exception>
    public static WebApplication Create(
        IPEndPoint listen, Uri site, Cashier cashier, PaymentTerms terms, int maxConnections)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(listen);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = maxConnections;
        });
        builder.Services.AddRouting().AddProblemDetails().AddSingleton(cashier);
        builder.Services.AddSingleton(_ => new Forwarder(site, Forwarder.CreateHandler()));
        WebApplication app = builder.Build();

        // A handler with a parameter of its own: filters do not run before plain request delegates.
        app.Map("/{**path}", (HttpContext context, Forwarder forwarder) => forwarder.ForwardAsync(context))
            .RequirePayment(terms);
        return app;
    }
}
