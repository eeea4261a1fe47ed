using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Webhooks;

/// <summary>
/// Runs a sender for each address that is set; none waits for another. Another list counts at once: whose entry is the
/// same goes on, all others send what is under way as it was meant, and end. Who has the same address with another
/// secret, or other kinds, goes on behind the last event that was taken.
/// </summary>
internal sealed class WebhookRoom : IDisposable
{
    // Pauses only keep gateways from coming back together; where the chance comes from does not matter.
    private static readonly int s_seed = Environment.ProcessId;

    // A message under way may take as long as its connection; nobody waits for it longer than this.
    private static readonly TimeSpan s_end = TimeSpan.FromSeconds(5);

    private readonly Live<IList<WebhookOptions>> _hooks;
    private readonly EventJournal _journal;
    private readonly TimeProvider _time;
    private readonly ILogger<WebhookRoom> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<Run> _runs = [];

    // Of each address the one that sent to it last: the next one begins when that has ended.
    private readonly Dictionary<string, Task> _last = [];

    public WebhookRoom(
        Live<GatewayOptions> options, EventJournal journal, TimeProvider time, ILogger<WebhookRoom> log)
    {
        (_journal, _time, _log) = (journal, time, log);
        _hooks = options.Part(now => now.Webhooks);
    }

    /// <summary>Begins to send.</summary>
    public void Start()
    {
        Take(_hooks.Now);
        _hooks.Changed += Take;
    }

    /// <summary>Stops sending; what was not taken is sent after the next start.</summary>
    public void Dispose()
    {
        _hooks.Changed -= Take;
        _stop.Cancel();
        Task[] ending;
        lock (_lock)
        {
            _runs.ForEach(run => run.Retire());
            ending = [.. _last.Values];
        }

        Task.WaitAll(ending, s_end);
    }

    private void Take(IList<WebhookOptions> hooks)
    {
        lock (_lock)
        {
            foreach (Run gone in _runs.FindAll(run => !hooks.Any(run.IsOf)))
            {
                // Forgotten, unless it is there in another form: who is named again later hears of what comes then.
                gone.IsForgotten = hooks.All(hook => hook.Name != gone.Options.Name);
                gone.Retire();
                _runs.Remove(gone);
            }

            foreach (WebhookOptions hook in hooks.Where(hook => !_runs.Exists(run => run.IsOf(hook))))
            {
                Run run = new(hook);
                Task before = _last.GetValueOrDefault(hook.Name) ?? Task.CompletedTask;
                long newest = _journal.Newest;
                _runs.Add(run);
                _last[hook.Name] = Task.Run(() => SendAsync(run, before, newest));
            }
        }
    }

    private async Task SendAsync(Run run, Task before, long newest)
    {
        await before;
        Random random = new(s_seed ^ run.Options.Url.Length);
        using (WebhookSender sender = new(run.Options, _journal, _time, random, _log))
        {
            await sender.RunAsync(newest, run.Retired, _stop.Token);
        }

        // Whoever comes next reads where this one ended. A disk that takes nothing holds it up for a while only: an
        // event that is sent twice is known by its id.
        await Task.WhenAny(
            _journal.SettleTakenAsync(run.IsForgotten ? run.Options.Name : null), Task.Delay(s_end, _time));
    }

    /// <summary>One entry of the list, as long as it stands there.</summary>
    private sealed class Run(WebhookOptions options)
    {
        private readonly CancellationTokenSource _retired = new();
        private volatile bool _isForgotten;

        public WebhookOptions Options => options;

        public CancellationToken Retired => _retired.Token;

        public bool IsForgotten
        {
            get => _isForgotten;
            set => _isForgotten = value;
        }

        public bool IsOf(WebhookOptions hook) => OptionValues.AreEqual(options, hook);

        // Whoever waits for it may do much then; not under the room's lock.
        public void Retire() => _ = _retired.CancelAsync();
    }
}
