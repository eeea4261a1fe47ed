using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MicroFirmware.Paywall.Proxy;

/// <summary>
/// Passes requests on to one site and answers back, in pieces: what is on its way needs a buffer, however long it is.
/// </summary>
/// <remarks>
/// Not here: upgrades (WebSocket), trailers, HTTP/2 to the site. The credential stays here: the site sees cookies but
/// never <c>Authorization</c>. Redirects, cookies and compression are left to the reader.
/// </remarks>
internal sealed class Forwarder : IDisposable
{
    // What meets the site's own limits first: a page that takes longer to begin is no page.
    private static readonly TimeSpan s_answerTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);
    private const int MaxConnections = 256;
    private const int MaxHeadersKilobytes = 64;

    // RFC 9110 §7.6.1: these are between neighbours.
    private static readonly HashSet<string> s_hopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade",
    };

    private static readonly HashSet<string> s_ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Host", "Expect", "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host",
    };

    private readonly HttpMessageInvoker _http;
    private readonly Uri _site;

    /// <exception cref="ArgumentException">The site is no absolute http or https URL without query.</exception>
    public Forwarder(Uri site, HttpMessageHandler handler)
    {
        bool isSite = site.IsAbsoluteUri && site.Scheme is "http" or "https" && site.Query.Length == 0
            && site.UserInfo.Length == 0;
        _site = isSite ? site : throw new ArgumentException("A site is an http or https URL without query.");
        _http = new HttpMessageInvoker(handler);
    }

    /// <summary>Connections to a site, within bounds.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = s_connectTimeout,
        MaxConnectionsPerServer = MaxConnections,
        MaxResponseHeadersLength = MaxHeadersKilobytes,
        UseCookies = false,
        UseProxy = false,
    };

    /// <summary>Passes a request on, and its answer back.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        using HttpRequestMessage request = RequestOf(context);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        stop.CancelAfter(s_answerTimeout);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await _http.SendAsync(request, stop.Token);

            // It has begun: from here on it may take as long as the reader reads.
            stop.CancelAfter(Timeout.InfiniteTimeSpan);
            CopyHead(answer, context.Response);
            await answer.Content.CopyToAsync(context.Response.Body, stop.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            await FailAsync(context, e);
        }
        finally
        {
            answer?.Dispose();
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(HttpContext context)
    {
        HttpRequest from = context.Request;

        // The path that was paid for, written anew: the site reads no dots or escapes that the cashier has not read.
        Uri target = new(_site.GetLeftPart(UriPartial.Authority) + _site.AbsolutePath.TrimEnd('/')
            + from.Path.ToUriComponent() + from.QueryString.ToUriComponent());
        HttpRequestMessage to = new(new HttpMethod(from.Method), target)
        {
            Version = HttpVersion.Version11,
            Content = HasBody(context) ? new StreamContent(from.Body) : null,
        };
        HashSet<string> named = NamedByConnection(from.Headers.Connection);
        foreach ((string name, StringValues values) in from.Headers)
        {
            bool stays = s_hopByHop.Contains(name) || s_ours.Contains(name) || named.Contains(name);
            if (!stays && !to.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                to.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        to.Headers.TryAddWithoutValidation("X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());
        to.Headers.TryAddWithoutValidation("X-Forwarded-Proto", from.Scheme);
        to.Headers.TryAddWithoutValidation("X-Forwarded-Host", from.Host.Value);
        return to;
    }

    private static void CopyHead(HttpResponseMessage answer, HttpResponse response)
    {
        response.StatusCode = (int)answer.StatusCode;
        HashSet<string> named = NamedByConnection(new StringValues([.. answer.Headers.Connection]));
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!s_hopByHop.Contains(name) && !named.Contains(name))
            {
                response.Headers[name] = values.ToArray();
            }
        }
    }

    private static Task FailAsync(HttpContext context, Exception cause)
    {
        if (context.Response.HasStarted)
        {
            // Half a page must not look like a whole one.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        bool isLate = cause is OperationCanceledException;
        return TypedResults.Problem(
            statusCode: isLate ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway,
            title: isLate ? "site-late" : "site-unreachable",
            detail: "The site behind the paywall does not answer: try again later; a token that is not counted stays "
                + "good until it expires.")
            .ExecuteAsync(context);
    }

    private static bool HasBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    private static HashSet<string> NamedByConnection(StringValues connection) =>
        connection.Count == 0
            ? []
            : new HashSet<string>(connection.ToString().Split(',', StringSplitOptions.TrimEntries),
                StringComparer.OrdinalIgnoreCase);
}
