using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.TimeSeries;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway.Series;

/// <summary>The rooms of figures over time.</summary>
internal static class SeriesServices
{
    public static void AddSeries(this IServiceCollection services, SeriesOptions options) => services
        .AddSingleton(provider => SeriesStore.Open(
            provider.GetRequiredService<DataDirectory>().SeriesPath, FleetMetrics.All, options.Retention))
        .AddSingleton<SeriesSampler>().AddSingleton<SeriesDesk>();
}
