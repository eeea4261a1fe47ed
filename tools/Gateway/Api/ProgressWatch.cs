using System.Net.ServerSentEvents;
using MicroFirmware.Gateway.Access;
using Microsoft.AspNetCore.Http;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// Answers how far something is: once, or to who accepts <c>text/event-stream</c> whenever it changes until it is over
/// (WHATWG HTML §9.2; the type is <c>progress</c>, the data the same JSON).
/// </summary>
internal sealed class ProgressWatch(PassWatch passes, TimeProvider time)
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Each costs a look twice a second.
    private const int MostListeners = 50;

    private int _listeners;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="look">How far it is; equal as long as nothing changes.</param>
    /// <param name="isOver">Whether nothing will change any more.</param>
    public IResult Answer<T>(HttpContext context, Func<T> look, Func<T, bool> isOver)
        where T : class
    {
        if (!IsStreamWanted(context.Request))
        {
            return TypedResults.Ok(look());
        }

        return Volatile.Read(ref _listeners) < MostListeners
            ? TypedResults.ServerSentEvents(FollowAsync(context, look, isOver))
            : TypedResults.Problem(ApiProblem.TooManyListeners());
    }

    /// <summary>Whether who asks wants to hear more than once.</summary>
    public static bool IsStreamWanted(HttpRequest request) => request.Headers.Accept.ToString().Contains(
        EventStream.ContentType, StringComparison.OrdinalIgnoreCase);

    private async IAsyncEnumerable<SseItem<T>> FollowAsync<T>(
        HttpContext context, Func<T> look, Func<T, bool> isOver)
        where T : class
    {
        Interlocked.Increment(ref _listeners);
        try
        {
            using PassLease lease = passes.Follow(context);
            using PeriodicTimer timer = new(Interval, time);
            T? last = null;
            do
            {
                T now = look();
                if (!now.Equals(last))
                {
                    yield return new SseItem<T>(last = now, "progress");
                }
            }
            while (!isOver(last) && await IsNextAsync(timer, lease.Token));
        }
        finally
        {
            Interlocked.Decrement(ref _listeners);
        }
    }

    private static async Task<bool> IsNextAsync(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
