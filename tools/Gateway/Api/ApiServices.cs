using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway.Api;

/// <summary>What every route shares: routing, problem details for whatever goes wrong, the OpenAPI document.</summary>
internal static class ApiServices
{
    public static void AddGatewayApi(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddProblemDetails();
        services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "MicroFirmware gateway";
            document.Info.Description = "Work for boards, what they have proven, and what they have earned.";
            document.Info.Version = "v1";
            return Task.CompletedTask;
        }));
    }

    public static void UseGatewayApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}
