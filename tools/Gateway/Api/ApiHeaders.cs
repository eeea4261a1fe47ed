using System.Globalization;
using MicroFirmware.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// What every answer of the API says alike. Nothing that needed a scope is stored on the way or by a browser, so there
/// are no validators (ETag) either; who came too early hears when to come again (RFC 9110 §10.2.3); and at an address
/// that does not exist everybody is told where all of them are. What a board asks for with its own key is spared: every
/// octet of its answers costs it time, and its refusals carry the same in a field that is signed.
/// </summary>
internal static class ApiHeaders
{
    /// <summary>When to come again, unless the route knows better: a disk or an upstream has to recover.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private const string Root = "/v1";

    public static void UseApiHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(Root)
            && context.GetEndpoint()?.Metadata.GetMetadata<BoardsOwnKey>() is null)
        {
            context.Response.OnStarting(Complete, context);
        }

        return next(context);
    });

    /// <summary>Gives an answer without a body one: a problem, whatever is accepted. Browsers show it well enough, and
    /// pages have one of their own.</summary>
    public static Task ExplainAsync(StatusCodeContext status)
    {
        HttpContext context = status.HttpContext;
        int code = context.Response.StatusCode;
        bool isLost = code is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed
            && context.Request.Path.StartsWithSegments(Root);
        return (isLost ? TypedResults.Problem(ApiProblem.NoSuchAddress(code)) : TypedResults.Problem(statusCode: code))
            .ExecuteAsync(context);
    }

    private static Task Complete(object state)
    {
        HttpContext context = (HttpContext)state;
        IHeaderDictionary headers = context.Response.Headers;
        bool isEarly = context.Response.StatusCode is
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;
        if (isEarly && headers.RetryAfter.Count == 0)
        {
            headers.RetryAfter = RetryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        if (headers.CacheControl.Count == 0
            && context.GetEndpoint()?.Metadata.GetMetadata<ScopeNeeded>() is not null)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
