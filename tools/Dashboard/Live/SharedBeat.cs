using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Dashboard.Live;

/// <summary>
/// What one page was told at a beat, all others like it are told too, until the next one: twenty screens cost hardly
/// more than one. Nothing else is kept: no page that is opened, and none without <see cref="SharedPageAttribute"/>.
/// </summary>
internal sealed class SharedBeat : IOutputCachePolicy
{
    /// <summary>Octets of all that is kept: some dozen answers.</summary>
    public const int MostOctets = 1 << 20;

    /// <inheritdoc/>
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        HttpContext http = context.HttpContext;
        bool isShared = HttpMethods.IsGet(http.Request.Method) && LiveRoutes.IsRefresh(http.Request)
            && http.GetEndpoint()?.Metadata.GetMetadata<SharedPageAttribute>() is not null;
        context.EnableOutputCaching = context.AllowCacheLookup = context.AllowCacheStorage = isShared;
        if (isShared)
        {
            FleetPulse pulse = http.RequestServices.GetRequiredService<FleetPulse>();
            context.AllowLocking = true;
            context.ResponseExpirationTimeSpan = 2 * FleetPulse.Interval;
            context.CacheVaryByRules.QueryKeys = "*";
            context.CacheVaryByRules.VaryByValues["beat"] = $"{pulse.Beats}";
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) =>
        ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        HttpResponse response = context.HttpContext.Response;
        context.AllowCacheStorage &= response.StatusCode == StatusCodes.Status200OK
            && response.Headers.SetCookie.Count == 0;
        return ValueTask.CompletedTask;
    }
}
