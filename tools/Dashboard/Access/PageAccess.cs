using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MicroFirmware.Dashboard.Access;

/// <summary>Who may open a page, and who may send a form.</summary>
internal static class PageAccess
{
    public static void AddPageAccess(this IServiceCollection services)
    {
        services.AddAuthentication(Loopback.Scheme).AddScheme<AuthenticationSchemeOptions, Loopback>(
            Loopback.Scheme, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.View, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.Own, policy => policy.RequireAuthenticatedUser());
    }

    public static void UsePageAccess(this IApplicationBuilder app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(OwnersWrite);
    }

    /// <summary>A page may be for everybody who looks; what it sends is the owner's, unless it asks for no sign-in at
    /// all.</summary>
    private static async Task OwnersWrite(HttpContext context, RequestDelegate next)
    {
        EndpointMetadataCollection? page = context.GetEndpoint()?.Metadata;
        bool isForm = page?.GetMetadata<ComponentTypeMetadata>() is not null
            && page.GetMetadata<IAllowAnonymous>() is null && !HttpMethods.IsGet(context.Request.Method);
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

    /// <summary>Whoever sits at this machine, by a name that only this machine has.</summary>
    private sealed class Loopback(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logging, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logging, encoder)
    {
        public new const string Scheme = "loopback";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            IPAddress from = Context.Connection.RemoteIpAddress ?? IPAddress.None;
            string host = Request.Host.Host;
            bool isHere = IPAddress.IsLoopback(from)
                && (host == "localhost" || (IPAddress.TryParse(host, out IPAddress? to) && IPAddress.IsLoopback(to)));
            return Task.FromResult(isHere
                ? AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "owner")], Scheme)), Scheme))
                : AuthenticateResult.NoResult());
        }
    }
}
