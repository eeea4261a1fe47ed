using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MicroFirmware.Gateway.Access;

/// <summary>Who may do what, as ASP.NET Core asks for it: one scheme, one policy a scope.</summary>
internal static class AccessServices
{
    public static void AddAccess(this IServiceCollection services, Live<AccessOptions> options)
    {
        services.AddSingleton<AccessStore>().AddSingleton<AccessLoader>();
        services.AddSingleton<UserBook>().AddSingleton<SessionBook>().AddSingleton<TokenBook>();
        services.AddSingleton<LinkBook>().AddSingleton<SignInBudget>().AddSingleton<AttemptKeeper>();
        services.AddSingleton(_ => new PasswordHash(() => options.Now.PasswordIterations));
        services.AddSingleton(provider => new OwnerLink(
            provider.GetRequiredService<DataDirectory>().Path, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AccessGate>().AddSingleton<AccessDoor>().AddSingleton<PeopleDesk>();
        services.AddSingleton<PassWatch>();

        services.AddDataProtection().SetApplicationName("MicroFirmware");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys =>
                keys.XmlRepository = new KeyRing(provider.GetRequiredService<DataDirectory>().Path)));
        services.AddAuthentication(AccessHandler.Scheme)
            .AddScheme<AuthenticationSchemeOptions, AccessHandler>(AccessHandler.Scheme, null);
        services.AddAuthorization(AddPolicies);
    }

    /// <summary>Only with one of these scopes.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, string scope) =>
        route.Needs(scope, new ScopeNeeded(scope));

    /// <summary>Whatever one may do.</summary>
    public static RouteHandlerBuilder NeedsAny(this RouteHandlerBuilder route) =>
        route.RequireAuthorization().WithMetadata(new ScopeNeeded()).CanRefuse();

    /// <summary>With the scope for boards, or a join code.</summary>
    public static RouteHandlerBuilder NeedsBoardsOrJoin(this RouteHandlerBuilder route) =>
        route.Needs(AccessScope.BoardsOrJoin, new ScopeNeeded(AccessScope.Boards, AccessScope.Join));

    private static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, string policy, ScopeNeeded needed) => route
        .RequireAuthorization(policy)
        .WithMetadata(needed)
        .CanRefuse();

    private static RouteHandlerBuilder CanRefuse(this RouteHandlerBuilder route) => route
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static void AddPolicies(AuthorizationOptions options)
    {
        foreach (string scope in AccessScope.All)
        {
            options.AddPolicy(scope, policy => policy.RequireClaim(AccessPass.ScopeClaim, scope));
        }

        options.AddPolicy(AccessScope.BoardsOrJoin, policy => policy.RequireClaim(
            AccessPass.ScopeClaim, AccessScope.Boards, AccessScope.Join));
    }
}
