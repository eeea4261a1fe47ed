using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using MicroFirmware.Gateway.Api;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;

namespace MicroFirmware.Gateway.Webhooks;

/// <summary>Sends one event once to one address. Follows no redirect, uses no proxy, and reads nothing of the answer
/// but its status.</summary>
internal sealed class WebhookClient : IDisposable
{
    private const string TestKind = "test";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookClient(WebhookOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        Host = new Uri(options.Url).Host;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = s_timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = s_timeout,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MicroFirmware-Gateway", null));
    }

    /// <summary>Whom it sends to, for people: no more than the host, as the path is with many services the secret.
    /// </summary>
    public string Host { get; }

    /// <summary>Sends an event.</summary>
    /// <returns>Null where the receiver took it; otherwise why not, in a few words.</returns>
    public Task<string?> SendAsync(GatewayEvent item, CancellationToken cancel) =>
        SendAsync(EventPage.Item.Of(item), cancel);

    /// <summary>Sends what is no event: its kind is <c>test</c> and its id 0.</summary>
    /// <returns>The same.</returns>
    public Task<string?> SendTestAsync(CancellationToken cancel) => SendAsync(new EventPage.Item(0, _time.GetUtcNow(),
        TestKind, EventWords.NameOf(EventSeverity.Info), "", "A test: somebody asked the gateway to send it."), cancel);

    private async Task<string?> SendAsync(EventPage.Item item, CancellationToken cancel)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(item, JsonSerializerOptions.Web);
        using HttpRequestMessage request = new(HttpMethod.Post, _options.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Micro-Event", item.Kind);
        request.Headers.Add("Micro-Event-Id", item.Id.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.HeaderName,
            WebhookSignature.Make(_options.Secret, _time.GetUtcNow().ToUnixTimeSeconds(), body));
        try
        {
            using HttpResponseMessage answer =
                await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            // The message may name the address; what kind of failure it was says enough.
            return e.InnerException is ForbiddenAddressException
                ? "its address is of this machine or a private network, which Private=true allows"
                : $"there was no connection ({e.HttpRequestError})";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "it did not answer in time";
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        DnsEndPoint target = context.DnsEndPoint;
        IPAddress[] allowed = [.. (await Dns.GetHostAddressesAsync(target.Host, cancel))
            .Where(address => AddressRule.Allows(address, _options.Private))];
        if (allowed.Length == 0)
        {
            throw new ForbiddenAddressException();
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class ForbiddenAddressException : Exception;
}
