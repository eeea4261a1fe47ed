using MicroFirmware.Gateway.Storage;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Paywall;
using MicroFirmware.Paywall.Invoices;
using MicroFirmware.Paywall.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MicroFirmware.Gateway.Payments;

/// <summary>
/// The cashier of the gateway's own ledger, for routes with a price and for a site behind a paywall. Its files are made
/// when it is first asked for.
/// </summary>
internal static class PaymentServices
{
    private const string StoreFile = "paywall.db";

    public static void AddPayments(this IServiceCollection services)
    {
        services.TryAddSingleton<IInvoiceIssuer, NoNode>();
        services.AddSingleton<PayerBook>();
        services.AddSingleton(provider => PaywallStore.Open(
            Path.Combine(provider.GetRequiredService<DataDirectory>().Path, StoreFile),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new Cashier(
            PaywallSecret.OpenMint(provider.GetRequiredService<DataDirectory>().Path),
            provider.GetRequiredService<PaywallStore>(),
            provider.GetRequiredService<Journal>(),
            provider.GetRequiredService<IInvoiceIssuer>(),
            provider.GetRequiredService<PayerBook>().Find,
            provider.GetRequiredService<TimeProvider>()));
    }
}
