using System.Globalization;
using System.Net;
using MicroFirmware.Gateway;
using MicroFirmware.Paywall;
using MicroFirmware.Paywall.Proxy;
using MicroFirmware.Storage;
using Microsoft.AspNetCore.Builder;

namespace MicroFirmware.Micro.Paywalls;

/// <summary>A site behind a gateway: its boards read it for what they have earned.</summary>
internal static class GatewayPaywall
{
    private const int MaxConnections = 1_000;
    private const string SiteName = "gateway";

    /// <summary>Starts it, if there is a site.</summary>
    /// <returns>Null for none.</returns>
    /// <exception cref="CommandFailure">It has no price, or cannot start.</exception>
    public static async Task<WebApplication?> StartAsync(
        GatewayHost host, Uri? site, long priceMsat, IPEndPoint listen, TextWriter output)
    {
        if (site is null || priceMsat == 0)
        {
            return site is null && priceMsat == 0 ? null : throw new CommandFailure(
                ExitCode.Configuration, "A paywall needs a site and a price.",
                "give both: --paywall-to URL --paywall-price 50msat");
        }

        try
        {
            PaymentTerms terms = new(priceMsat, PaywallAccounts.Site(SiteName));
            WebApplication proxy = PaywallProxy.Create(listen, site, host.Cashier, terms, MaxConnections);
            await proxy.StartAsync();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"paywall ready: {proxy.Urls.Single()} for {site}, {priceMsat} msat a page to {terms.Payee.Name}"));
            return proxy;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or StorageException)
        {
            throw new CommandFailure(
                ExitCode.Unreachable, e.Message, "free the address, or choose another: --paywall-listen", e);
        }
    }
}
