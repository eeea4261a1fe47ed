using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Payments;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Lightning.Addresses;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Payouts;
using MicroFirmware.Paywall.Invoices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>Payouts out of the gateway's own ledger, and invoices of the node that pays them.</summary>
internal static class PayoutServices
{
    private const string StoreFile = "payouts.db";

    public static void AddPayouts(this IServiceCollection services, Live<PayoutSettings> settings)
    {
        services.TryAddSingleton(_ => PayoutNode.Open(settings.Now));
        services.AddSingleton(provider => PayoutStore.Open(
            Path.Combine(provider.GetRequiredService<DataDirectory>().Path, StoreFile)));
        services.AddSingleton(provider => new PayoutDesk(
            provider.GetRequiredService<Journal>(),
            provider.GetRequiredService<ILightningNode>(),
            () => settings.Now.Desk,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(_ => new LnurlPayClient()).AddSingleton<InvoiceDesk>().AddSingleton<TargetBook>();
        services.AddSingleton<PayoutRoom>().AddSingleton<PayoutSchedule>().AddSingleton<PayoutMetrics>();
        services.AddSingleton<TargetProof>().AddSingleton<MoneyDesk>();
        if (settings.Now.IsEnabled)
        {
            services.TryAddSingleton<IInvoiceIssuer, NodeInvoices>();
        }
    }
}
