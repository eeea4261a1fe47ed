using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Ledger.Book;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>
/// Pays every account that has a target and enough on it, once an interval and at the start, and asks the node every
/// minute about what is open. It remembers nothing that a restart could lose: who is due follows from the ledger.
/// </summary>
internal sealed class PayoutSchedule : IAsyncDisposable
{
    // A payee whose page fails is not asked every minute of the year.
    private const int MostDoublings = 5;
    private const int AtOnce = 8;

    private static readonly TimeSpan s_reconcile = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_most = TimeSpan.FromDays(1);

    private readonly PayoutRoom _room;
    private readonly TargetBook _targets;
    private readonly Journal _journal;
    private readonly Live<PayoutSettings> _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<PayoutSchedule> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Rest> _rests = [];
    private DateTimeOffset? _start;
    private DateTimeOffset? _lastRound;
    private Task _loop = Task.CompletedTask;

    public PayoutSchedule(
        PayoutRoom room,
        TargetBook targets,
        Journal journal,
        Live<PayoutSettings> settings,
        TimeProvider time,
        ILogger<PayoutSchedule> log)
    {
        (_room, _targets, _journal, _settings, _time, _log) = (room, targets, journal, settings, time, log);
        _room.Ended += Learn;
    }

    /// <summary>When the next round is; null while there is no node.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_gate)
            {
                return _lastRound + _settings.Now.Interval ?? _start;
            }
        }
    }

    /// <summary>Takes up what is open, then keeps the schedule.</summary>
    public void Start()
    {
        _room.Resume();
        if (_settings.Now.IsEnabled)
        {
            lock (_gate)
            {
                _start = _time.GetUtcNow();
            }

            _loop = Task.Run(LoopAsync);
        }
    }

    /// <summary>Accounts as the next round would find them.</summary>
    public IReadOnlyList<DuePayout> Due() => [.. _targets.All().Select(Look)];

    /// <summary>Pays whoever is due; returns when the node has answered.</summary>
    public async Task RoundAsync(CancellationToken cancel)
    {
        ParallelOptions few = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(Due().Where(due => due.IsDue), few, async (due, stop) =>
        {
            PayoutStart start = _room.Begin(due.Target.Account, null, null, dryRun: false, PayoutRecord.Schedule);
            if (start.Payout is { Id: > 0 } payout)
            {
                await _room.WaitAsync(payout, _settings.Now.Patience, stop);
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        _room.Ended -= Learn;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private TimeSpan Pause => _settings.Now.Interval < s_reconcile ? _settings.Now.Interval : s_reconcile;

    private async Task LoopAsync()
    {
        using PeriodicTimer timer = new(Pause, _time);
        try
        {
            do
            {
                await TickAsync();
                Retime(timer);
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end.
        }
    }

    private void Retime(PeriodicTimer timer)
    {
        // Setting it begins the wait anew, so it is set where it is another one only.
        if (timer.Period != Pause)
        {
            timer.Period = Pause;
        }
    }

    private async Task TickAsync()
    {
        try
        {
            await _room.ReconcileAsync(_stop.Token);
            if (_time.GetUtcNow() >= Next)
            {
                await RoundAsync(_stop.Token);
                lock (_gate)
                {
                    _lastRound = _time.GetUtcNow();
                }
            }
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            // Whatever it was, the next tick begins where the ledger stands.
            _log.LogError(e, "Payouts wait.");
        }
    }

    private DuePayout Look(AccountTarget target)
    {
        Int128 balance = _journal.Find(target.Account)?.Amount ?? 0;
        PayoutStart plan = _room.Plan(target.Account, target.Target, null, PayoutRecord.Schedule);
        bool isInvoice = PayoutTarget.TryParse(target.Target, _settings.Now.Chain, out PayoutTarget? parsed, out _)
            && parsed!.Kind == TargetKind.Invoice;
        long threshold = isInvoice ? 0 : target.ThresholdMsat ?? _settings.Now.ThresholdMsat;
        string why = balance < threshold ? $"The balance is below {threshold} msat."
            : plan.Fault == PayoutFault.NoNode ? "The gateway has no Lightning node."
            : plan.Fault == PayoutFault.NoSuchAccount ? "Nothing was earned yet."
            : plan.Payout is null ? plan.Detail
            : RestOf(target) is { } until ? $"It failed; it is tried again at {until:u}."
            : _room.Open.FirstOrDefault(open => open.Account == target.Account) is { } open
                ? $"Payout {open.Id} is open. {open.ToDo}"
            : "";
        return new DuePayout(target, balance, threshold, plan.Payout?.AmountMsat ?? 0, why);
    }

    private DateTimeOffset? RestOf(AccountTarget target)
    {
        lock (_gate)
        {
            return _rests.TryGetValue(target.Account, out Rest rest)
                && rest.Target == target.Target && rest.Until > _time.GetUtcNow() ? rest.Until : null;
        }
    }

    /// <summary>Whoever cannot be paid rests, longer each time; an invoice is sent once.</summary>
    private void Learn(PayoutRecord payout)
    {
        lock (_gate)
        {
            if (payout.Stage == PayoutStage.Paid)
            {
                _rests.Remove(payout.Account);
            }
            else
            {
                Rest before = _rests.GetValueOrDefault(payout.Account);
                int failures = before.Target == payout.Target ? Math.Min(before.Failures + 1, MostDoublings) : 0;
                TimeSpan pause = _settings.Now.Interval * (1 << failures);
                DateTimeOffset until = _time.GetUtcNow() + (pause < s_most ? pause : s_most);
                _rests[payout.Account] = new Rest(payout.Target, failures, until);
            }
        }

        if (payout.Stage != PayoutStage.Refused && _targets.Find(payout.Account)?.Target == payout.Target
            && PayoutTarget.TryParse(payout.Target, _settings.Now.Chain, out PayoutTarget? target, out _)
            && target!.Kind == TargetKind.Invoice)
        {
            _targets.Remove(payout.Account);
        }
    }

    /// <summary>How long an account is left alone, and why.</summary>
    private readonly record struct Rest(string Target, int Failures, DateTimeOffset Until);
}
