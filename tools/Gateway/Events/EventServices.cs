using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway.Events;

/// <summary>The rooms of what happened.</summary>
internal static class EventServices
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton(provider => new EventJournal(
            provider.GetRequiredService<DataDirectory>().EventsPath, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BoardWatch>().AddSingleton<UpstreamWatch>().AddSingleton<EventWatch>();
        services.AddSingleton<WebhookRoom>();
    }
}
