using System.Collections.Concurrent;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Webhooks;
using MicroFirmware.Mqtt.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Tests.Webhooks;

/// <summary>Events on their way to a server that is not always there, over real sockets; pauses by hand.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string OtherSecret = "another of sixteen";

    private readonly TemporaryDirectory _directory = new();
    private readonly Mqtt.Tests.ManualTime _time = new();
    private readonly Lines _log = new();
    private readonly GatewayOptions _options = new();
    private Live<GatewayOptions> _live = null!;
    private Receiver _receiver = null!;
    private EventJournal _journal = null!;
    private WebhookRoom _room = null!;

    public async Task InitializeAsync()
    {
        _time.Advance(TimeSpan.FromDays(20_000));
        _receiver = await Receiver.StartAsync();
        _options.Webhooks.Add(new WebhookOptions { Url = _receiver.Url, Secret = Receiver.Secret, Private = true });
        Start();

        // Whom nobody sent to before hears of what comes from now on, and not of what was.
        await Waiting.UntilAsync(() => _journal.TakenBy(_options.Webhooks[0].Name) is not null);
    }

    public async Task DisposeAsync()
    {
        Stop();
        await _receiver.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task An_event_is_sent_until_it_is_taken_with_the_same_id_and_a_signature_of_the_hour()
    {
        _receiver.Answer = before => before < 4 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
        _journal.Publish(EventKind.BlockFound, "kitchen", "A block.");
        await UntilAsync(() => _receiver.TextsTaken.Any());

        Receiver.Message[] came = [.. _receiver.Came];
        Assert.Equal(5, came.Length);
        Assert.All(came, message => Assert.True(message.IsSigned));
        Assert.Equal(("1", "block-found"), (came[0].Id, came[0].Kind));
        Assert.Single(came.Select(message => message.Id).Distinct());
        Assert.Equal(5, came.Select(message => message.Signature).Distinct().Count());
    }

    [Fact]
    public async Task Only_kinds_that_were_chosen_are_sent_and_in_order()
    {
        for (int i = 0; i < 10; i++)
        {
            _journal.Publish(EventKind.BoardJoined, "", $"joined {i}");
            _journal.Publish(i % 2 == 0 ? EventKind.BoardLost : EventKind.PayoutFailed, "", $"{i}");
        }

        await UntilAsync(() => _receiver.Came.Count == 10);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), _receiver.TextsTaken);
    }

    [Fact]
    public async Task What_was_not_taken_is_sent_after_a_restart_and_what_was_is_not()
    {
        _journal.Publish(EventKind.BoardLost, "", "before");
        await UntilAsync(() => _receiver.TextsTaken.Any());
        await Waiting.UntilAsync(() => _journal.TakenBy(_options.Webhooks[0].Name) == 1);
        _receiver.Answer = _ => StatusCodes.Status503ServiceUnavailable;
        _journal.Publish(EventKind.BoardLost, "", "while it was down");
        await UntilAsync(() => _receiver.Came.Count >= 3);
        Stop();
        _receiver.Answer = _ => StatusCodes.Status204NoContent;
        Start();
        _journal.Publish(EventKind.BoardLost, "", "after");
        await UntilAsync(() => _receiver.TextsTaken.Count() >= 3);

        Assert.Equal(["before", "while it was down", "after"], _receiver.TextsTaken);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_given_up_after_a_day_and_hears_of_what_comes_later()
    {
        _receiver.Answer = _ => StatusCodes.Status500InternalServerError;
        _journal.Publish(EventKind.BoardLost, "", "first");
        await UntilAsync(
            () => _journal.Read(new EventQuery(Kinds: [EventKind.WebhookGivenUp])).Count > 0, TimeSpan.FromMinutes(20));
        _receiver.Answer = _ => StatusCodes.Status200OK;
        _journal.Publish(EventKind.BoardLost, "", "second");
        await UntilAsync(() => _receiver.TextsTaken.Any());

        Assert.Contains(_receiver.Came, message => message.Text == "first");
        Assert.Equal(["second"], _receiver.TextsTaken);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _receiver.Answer = before => before == 0 ? StatusCodes.Status302Found : StatusCodes.Status200OK;
        _journal.Publish(EventKind.BoardLost, "", "away");
        await UntilAsync(() => _receiver.TextsTaken.Any());

        Assert.Equal(2, _receiver.Came.Count);
    }

    [Fact]
    public async Task An_address_of_this_machine_is_not_connected_to_unless_the_owner_says_so()
    {
        Stop();
        _options.Webhooks[0].Private = false;
        Start();
        _journal.Publish(EventKind.BoardLost, "", "away");
        await UntilAsync(() => _log.All.Any(line => line.Contains("Private=true", StringComparison.Ordinal)));

        Assert.Empty(_receiver.Came);
    }

    [Fact]
    public async Task Logs_say_who_did_not_take_it_and_neither_path_nor_secret()
    {
        _receiver.Answer = before => before < 2 ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK;
        _journal.Publish(EventKind.BoardLost, "", "away");
        await UntilAsync(() => _receiver.TextsTaken.Any());

        Assert.Contains(_log.All, line => line.Contains("127.0.0.1: it answered 401", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.All, line => line.Contains("business", StringComparison.Ordinal)
            || line.Contains(Receiver.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_secret_and_other_kinds_count_at_once_and_nothing_is_sent_twice_or_left_out()
    {
        TaskCompletionSource isUnderWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim answer = new();
        _receiver.Answer = before =>
        {
            isUnderWay.TrySetResult();
            answer.Wait(TimeSpan.FromMinutes(1));
            return StatusCodes.Status204NoContent;
        };
        _journal.Publish(EventKind.BoardLost, "", "under way");
        await isUnderWay.Task;
        _journal.Publish(EventKind.BoardLost, "", "of no interest any more");
        _journal.Publish(EventKind.PayoutFailed, "", "of interest");

        Set(new WebhookOptions
        {
            Url = _receiver.Url, Secret = OtherSecret, Private = true, Events = "payout-failed",
        });
        answer.Set();
        await UntilAsync(() => _receiver.Came.Count == 2);

        Assert.Equal(["under way", "of interest"], _receiver.TextsTaken);
        Assert.Equal([true, false], _receiver.Came.Select(message => message.IsSigned));
    }

    [Fact]
    public async Task One_that_is_taken_out_hears_nothing_more_and_back_again_hears_of_what_comes_then()
    {
        WebhookOptions hook = _options.Webhooks[0];
        _journal.Publish(EventKind.BoardLost, "", "before");
        await UntilAsync(() => _receiver.TextsTaken.Any());
        Set();
        await Waiting.UntilAsync(() => _journal.TakenBy(hook.Name) is null);
        _journal.Publish(EventKind.BoardLost, "", "meanwhile");
        Set(hook);
        await Waiting.UntilAsync(() => _journal.TakenBy(hook.Name) is not null);
        _journal.Publish(EventKind.BoardLost, "", "after");
        await UntilAsync(() => _receiver.TextsTaken.Count() == 2);

        Assert.Equal(["before", "after"], _receiver.TextsTaken);
    }

    [Fact]
    public async Task One_that_waits_for_a_receiver_that_fails_is_replaced_at_once()
    {
        await using Receiver other = await Receiver.StartAsync();
        _receiver.Answer = _ => StatusCodes.Status500InternalServerError;
        _journal.Publish(EventKind.BoardLost, "", "nobody takes it");
        await UntilAsync(() => _receiver.Came.Count >= 3);
        WebhookOptions next = new() { Url = other.Url, Secret = Receiver.Secret, Private = true };
        Set(next);
        await Waiting.UntilAsync(() => _journal.TakenBy(next.Name) is not null);
        _journal.Publish(EventKind.BoardLost, "", "for the other one");
        await UntilAsync(() => other.TextsTaken.Any());
        int came = _receiver.Came.Count;
        _journal.Publish(EventKind.BoardLost, "", "and this");
        await UntilAsync(() => other.TextsTaken.Count() == 2, TimeSpan.FromMinutes(10));

        Assert.Equal(["for the other one", "and this"], other.TextsTaken);
        Assert.Equal(came, _receiver.Came.Count);
    }

    private void Set(params WebhookOptions[] hooks)
    {
        GatewayOptions next = new();
        OptionValues.Replace(next.Webhooks, hooks);
        _live.Put(next);
    }

    private void Start()
    {
        _journal = new EventJournal(_directory.File("events.db"), _time);
        _live = new Live<GatewayOptions>(_options);
        _room = new WebhookRoom(_live, _journal, _time, _log);
        _room.Start();
    }

    private void Stop()
    {
        _room.Dispose();
        _journal.Dispose();
    }

    /// <summary>Lets time pass until it is so.</summary>
    private Task UntilAsync(Func<bool> condition, TimeSpan? step = null) => Waiting.UntilAsync(() =>
    {
        _time.Advance(step ?? TimeSpan.FromSeconds(1));
        return condition();
    });

    /// <summary>What was logged.</summary>
    private sealed class Lines : ILogger<WebhookRoom>
    {
        public ConcurrentQueue<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => All.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
