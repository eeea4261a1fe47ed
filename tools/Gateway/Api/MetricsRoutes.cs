using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Observation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/metrics</c>: every figure, for Prometheus.</summary>
internal static class MetricsRoutes
{
    public static void MapMetrics(this IEndpointRouteBuilder routes, Live<MetricsOptions> options)
    {
        // Made now in any case: what is sent by OTLP needs nobody to ask for it.
        MetricsExport export = routes.ServiceProvider.GetRequiredService<MetricsExport>();
        routes.MapGet("/metrics", IResult () => options.Now.Prometheus
                ? TypedResults.Text(export.ReadText(), PrometheusText.ContentType)
                : TypedResults.NotFound())
            .ExcludeFromDescription();
    }
}
