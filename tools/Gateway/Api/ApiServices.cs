using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway.Api;

/// <summary>What every route shares: routing, problem details for whatever goes wrong, the OpenAPI document.</summary>
internal static class ApiServices
{
    public static void AddGatewayApi(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddSingleton<ProgressWatch>();

        // Nothing is traced that the number could be looked up in.
        services.AddProblemDetails(options => options.CustomizeProblemDetails =
            context => context.ProblemDetails.Extensions.Remove("traceId"));
        services.AddOpenApi(options => options.Describe());

        // A number is a number: what the document says is what is taken.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
    }

    public static void UseGatewayApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(ApiHeaders.ExplainAsync);
        app.UseRouting();
        app.UseApiHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}
