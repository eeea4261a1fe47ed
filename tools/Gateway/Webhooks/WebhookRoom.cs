using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Webhooks;

/// <summary>Runs a sender for each address that is configured; none waits for another.</summary>
internal sealed class WebhookRoom(
    Live<GatewayOptions> options, EventJournal journal, TimeProvider time, ILogger<WebhookRoom> log) : IDisposable
{
    // Pauses only keep gateways from coming back together; where the chance comes from does not matter.
    private static readonly int s_seed = Environment.ProcessId;

    // A message under way may take as long as its connection; nobody waits for it longer than this.
    private static readonly TimeSpan s_end = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<WebhookSender> _senders = [];
    private Task[] _running = [];

    /// <summary>Begins to send.</summary>
    public void Start()
    {
        long newest = journal.Newest;
        for (int i = 0; i < options.Now.Webhooks.Count; i++)
        {
            _senders.Add(new WebhookSender(options.Now.Webhooks[i], journal, time, new Random(s_seed + i), log));
        }

        _running = [.. _senders.Select(sender => Task.Run(() => sender.RunAsync(newest, _stop.Token)))];
    }

    /// <summary>Stops sending; what was not taken is sent after the next start.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAll(_running, s_end);
        _senders.ForEach(sender => sender.Dispose());
    }
}
