using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Paywall.Http;

/// <summary>Stands before a route and lets in who has paid.</summary>
internal sealed class PaymentFilter(PaymentTerms terms) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        Cashier cashier = context.RequestServices.GetRequiredService<Cashier>();
        PaymentRequest request = RequestOf(context);
        PaymentResult result = await cashier.AdmitAsync(request, terms, context.RequestAborted);
        return result == PaymentResult.Paid
            ? await next(invocation)
            : await PaymentAnswer.MakeAsync(context, cashier, request, terms, result);
    }

    private static PaymentRequest RequestOf(HttpContext context)
    {
        HttpRequest request = context.Request;
        return new PaymentRequest(
            request.Headers.Authorization.ToString(),
            request.Method,
            request.PathBase.HasValue ? request.PathBase.Value + request.Path.Value : request.Path.Value ?? "/",
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Connection.RemoteIpAddress ?? IPAddress.None);
    }
}
