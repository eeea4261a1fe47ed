using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.TimeSeries;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway.Series;

/// <summary>The rooms of figures over time.</summary>
internal static class SeriesServices
{
    public static void AddSeries(this IServiceCollection services, Live<SeriesOptions> options) => services
        .AddSingleton(provider => Open(provider.GetRequiredService<DataDirectory>().SeriesPath, options))
        .AddSingleton<SeriesSampler>().AddSingleton<SeriesDesk>();

    private static SeriesStore Open(string path, Live<SeriesOptions> options)
    {
        SeriesStore store = SeriesStore.Open(path, FleetMetrics.All, options.Now.Retention);
        options.Changed += now => store.Retention = now.Retention;
        return store;
    }
}
