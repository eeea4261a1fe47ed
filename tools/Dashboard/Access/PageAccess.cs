using MicroFirmware.Gateway.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Dashboard.Access;

/// <summary>Who may open a page, and who may send a form; who it is, the gateway has found out already.</summary>
internal static class PageAccess
{
    public static void AddPageAccess(this IServiceCollection services) => services.AddAuthorizationBuilder()
        .AddPolicy(Policies.View, policy => policy.RequireClaim(AccessPass.ScopeClaim, AccessScope.Read))
        .AddPolicy(Policies.Own, policy => policy.RequireAssertion(
            context => AccessPass.Of(context.User) is { IsOwner: true }));

    public static void UsePageAccess(this IApplicationBuilder app) => app.Use(OwnersWrite);

    /// <summary>A page may be for everybody who looks; what it sends is the owner's, unless it asks for no sign-in at
    /// all, or says that its forms are everybody's.</summary>
    private static async Task OwnersWrite(HttpContext context, RequestDelegate next)
    {
        EndpointMetadataCollection? page = context.GetEndpoint()?.Metadata;
        bool isForm = page?.GetMetadata<ComponentTypeMetadata>() is not null
            && page.GetMetadata<IAllowAnonymous>() is null && page.GetMetadata<ReadersFormAttribute>() is null
            && !HttpMethods.IsGet(context.Request.Method);
        if (isForm)
        {
            IAuthorizationService rules = context.RequestServices.GetRequiredService<IAuthorizationService>();
            if (!(await rules.AuthorizeAsync(context.User, context, Policies.Own)).Succeeded)
            {
                await context.ForbidAsync();
                return;
            }
        }

        await next(context);
    }
}
