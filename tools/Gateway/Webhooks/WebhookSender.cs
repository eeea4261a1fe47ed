using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Upstreams;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Webhooks;

/// <summary>
/// Brings the journal's events to one receiver, in order and each until it is taken, at least once. The journal is the
/// queue; what is remembered beside it is the last event that is done with.
/// </summary>
internal sealed class WebhookSender(
    WebhookOptions options, EventJournal journal, TimeProvider time, Random random, ILogger log) : IDisposable
{
    /// <summary>An event that is not taken for so long is given up.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private const int PageEvents = 100;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);

    // When too many listen, or the journal's file cannot be read.
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(10);

    private readonly WebhookClient _client = new(options, time);
    private readonly IReadOnlySet<EventKind> _kinds = options.Kinds!;
    private long _done;
    private bool _isGivingUp;

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="newest">The newest event of the journal: whom nobody sent to before hears of what comes then.
    /// </param>
    /// <param name="retire">Ends it when the message under way has its answer.</param>
    /// <param name="stop">Ends it at once; what was not taken is sent after the next start.</param>
    public async Task RunAsync(long newest, CancellationToken retire, CancellationToken stop)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(retire, stop);
        CancellationToken cancel = either.Token;
        try
        {
            if (journal.TakenBy(options.Name) is { } taken)
            {
                _done = taken;
            }
            else
            {
                Finish(newest);
            }

            while (true)
            {
                await SendPageAsync(cancel, stop);
                await WaitAsync(cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops, or it is no longer on the list.
        }
        catch (Exception e)
        {
            log.LogError(e, "The webhook at {Host} stops until the next start.", _client.Host);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task SendPageAsync(CancellationToken cancel, CancellationToken stop)
    {
        while (journal.ReadAfter(_done, PageEvents) is { Count: > 0 } page)
        {
            foreach (GatewayEvent item in page)
            {
                if (_kinds.Contains(item.Kind))
                {
                    await SendAsync(item, cancel, stop);
                    Finish(item.Number);
                    cancel.ThrowIfCancellationRequested();
                }
            }

            Finish(page[^1].Number);
        }
    }

    private async Task SendAsync(GatewayEvent item, CancellationToken cancel, CancellationToken stop)
    {
        Backoff pauses = new(s_firstPause, s_longestPause, random);
        while (time.GetUtcNow() - item.Time < MaxAge)
        {
            cancel.ThrowIfCancellationRequested();
            if (await _client.SendAsync(item, stop) is not { } problem)
            {
                _isGivingUp = false;
                return;
            }

            TimeSpan pause = pauses.Next();
            log.LogWarning("Event {Number} was not taken by {Host}: {Problem}. It is sent again in {Seconds:0} s.",
                item.Number, _client.Host, problem, pause.TotalSeconds);
            await Task.Delay(pause, time, cancel);
        }

        // Of a receiver that is gone for good it is said once.
        if (!_isGivingUp)
        {
            _isGivingUp = true;
            journal.Publish(EventKind.WebhookGivenUp, _client.Host, $"{_client.Host} has taken no event for a day: "
                + $"event {item.Number} and those after it that become as old are given up until it takes one.");
        }
    }

    private void Finish(long number)
    {
        if (number > _done || number == 0)
        {
            _done = number;
            journal.SetTaken(options.Name, number);
        }
    }

    private async Task WaitAsync(CancellationToken cancel)
    {
        using EventListener? listener = journal.TryListen();
        if (listener is null)
        {
            await Task.Delay(s_poll, time, cancel);
        }
        else if (journal.ReadAfter(_done, 1).Count == 0)
        {
            // A queue that has ended means that the journal has: it is asked again, not waited for in a circle.
            if (!await listener.Events.WaitToReadAsync(cancel))
            {
                await Task.Delay(s_poll, time, cancel);
            }
        }
    }
}
