using MicroFirmware.Dashboard.Access;
using MicroFirmware.Dashboard.Assets;
using MicroFirmware.Dashboard.Layout;
using MicroFirmware.Dashboard.Live;
using MicroFirmware.Dashboard.Overview;
using MicroFirmware.Dashboard.Settings;
using MicroFirmware.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Dashboard;

/// <summary>The gateway's web pages, to be handed to <see cref="GatewayHost.Create"/>.</summary>
public static class DashboardSite
{
    /// <summary>Services and routes of all pages.</summary>
    public static GatewayExtension Extension { get; } = new(AddServices, Map);

    private static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<AssetShelf>().AddSingleton<FleetPulse>().AddSingleton<Meanings>()
            .AddSingleton<RateHistory>().AddSingleton<PageWarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<PageWarmUp>());
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddPageAccess();
        services.AddOutputCache(options =>
        {
            options.SizeLimit = SharedBeat.MostOctets;
            options.AddBasePolicy(new SharedBeat());
        });
    }

    private static void Map(WebApplication app)
    {
        app.UseNotFoundPage();
        app.UsePageHeaders();
        app.UsePageAccess();
        app.UseAntiforgery();
        app.UseOutputCache();
        app.MapAssets();
        app.MapTheme().RequireAuthorization(Policies.View);
        app.MapSignOut();
        app.MapLive().RequireAuthorization(Policies.View);
        app.MapRazorComponents<App>().RequireAuthorization(Policies.View).WithMetadata(new PageLimits());
        app.Services.GetRequiredService<PageWarmUp>().Begin(app);
    }
}
