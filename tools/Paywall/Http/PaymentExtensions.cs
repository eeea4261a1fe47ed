using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Paywall.Http;

/// <summary>Puts a price on routes. The <see cref="Cashier"/> comes from the services.</summary>
public static class PaymentExtensions
{
    /// <summary>The route is answered only when it is paid for; otherwise with 402 and how to pay.</summary>
    /// <param name="route">A route, or a group of them, with handlers that are not plain request delegates.</param>
    /// <param name="terms">What it costs and who is paid.</param>
    /// <exception cref="ArgumentException">The terms are out of range.</exception>
    public static TBuilder RequirePayment<TBuilder>(this TBuilder route, PaymentTerms terms)
        where TBuilder : IEndpointConventionBuilder
    {
        terms.Check();
        route.WithMetadata(new ProducesResponseTypeMetadata(
            StatusCodes.Status402PaymentRequired, typeof(ProblemDetails), ["application/problem+json"]));
        return route.AddEndpointFilter(new PaymentFilter(terms));
    }

    /// <summary>The same at a price that is paid to a site.</summary>
    /// <param name="route">A route, or a group of them, with handlers that are not plain request delegates.</param>
    /// <param name="priceMsat">Thousandths of a satoshi, 1 or more.</param>
    /// <param name="site">Whose account is credited, see <see cref="PaywallAccounts.Site"/>.</param>
    public static TBuilder RequirePayment<TBuilder>(this TBuilder route, long priceMsat, string site = "default")
        where TBuilder : IEndpointConventionBuilder =>
        route.RequirePayment(new PaymentTerms(priceMsat, PaywallAccounts.Site(site)));
}
