using System.Globalization;
using System.Text;
using System.Text.Json;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// Events as they happen, as <c>text/event-stream</c> (WHATWG HTML §9.2): id, kind as the event's type, JSON as data.
/// A comment now and then shows both sides that the other lives.
/// </summary>
/// <param name="journal">Where they come from.</param>
/// <param name="listener">Listens already.</param>
/// <param name="after">The last event that is known; null to hear only of new ones.</param>
/// <param name="query">Which of them.</param>
internal sealed class EventStream(EventJournal journal, EventListener listener, long? after, EventQuery query)
    : IResult
{
    public const string ContentType = "text/event-stream";

    // Shorter than what proxies and home routers call idle.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(15);

    private static readonly byte[] s_comment = ":\n\n"u8.ToArray();

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        IServiceProvider services = httpContext.RequestServices;
        using PassLease lease = services.GetRequiredService<PassWatch>().Follow(httpContext);
        httpContext.Response.ContentType = ContentType;
        httpContext.Response.Headers.CacheControl = "no-cache, no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await SendAsync(httpContext.Response.Body, services.GetRequiredService<TimeProvider>(), lease.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever listened is gone, may listen no more, or the gateway stops.
        }
    }

    private async Task SendAsync(Stream body, TimeProvider time, CancellationToken cancel)
    {
        await body.WriteAsync(s_comment, cancel);
        await using IAsyncEnumerator<GatewayEvent> events =
            journal.FollowAsync(listener, after, cancel).GetAsyncEnumerator(cancel);
        Task<bool> next = events.MoveNextAsync().AsTask();
        while (await IsNextAsync(next, body, time, cancel))
        {
            if (query.Matches(events.Current))
            {
                await body.WriteAsync(Encode(events.Current), cancel);
            }

            next = events.MoveNextAsync().AsTask();
        }
    }

    private static async Task<bool> IsNextAsync(
        Task<bool> next, Stream body, TimeProvider time, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await next.WaitAsync(s_silence, time, cancel);
            }
            catch (TimeoutException)
            {
                await body.WriteAsync(s_comment, cancel);
            }
            catch (OperationCanceledException)
            {
                // It ends by itself now; an enumerator that is still under way could not be disposed of.
                return await next;
            }
        }
    }

    /// <summary>JSON has no line breaks in it, so it is one line of data.</summary>
    private static byte[] Encode(GatewayEvent item)
    {
        EventPage.Item shown = EventPage.Item.Of(item);
        string json = JsonSerializer.Serialize(shown, JsonSerializerOptions.Web);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"id: {item.Number}\nevent: {shown.Kind}\ndata: {json}\n\n"));
    }
}
