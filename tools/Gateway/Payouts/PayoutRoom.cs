using System.Collections.Concurrent;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Payouts;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>
/// Payouts as people follow them, around the desk that moves the money. An account has one payout at a time; what
/// became of it is the ledger's word, and this room writes it down for people.
/// <code>
/// awaits approval ──▶ asking ──▶ sending ──▶ paid | returned
///        └─▶ rejected    └─▶ refused
/// </code>
/// </summary>
internal sealed class PayoutRoom(
    PayoutStore store,
    TargetBook targets,
    InvoiceDesk invoices,
    PayoutDesk desk,
    Journal journal,
    ILightningNode node,
    Live<PayoutSettings> settings,
    TimeProvider time,
    EventJournal events,
    ILogger<PayoutRoom> log) : IAsyncDisposable
{
    private const string Stopped = "The gateway stopped before anything was sent.";
    private const string Interrupted = "It was interrupted before anything was sent.";
    private const string Practice =
        "Balances of this ledger come from a practice chain, whose coins are worth nothing, and the node pays "
        + "real ones: nothing was sent. Pay out from a gateway with a data directory of its own.";

    // Between a payout's first line on the disk and its place among those that run.
    private readonly Lock _beginning = new();
    private readonly ConcurrentDictionary<long, Task> _running = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Told of every payout that came to its end.</summary>
    public event Action<PayoutRecord>? Ended;

    /// <summary>What is set for payouts.</summary>
    public PayoutSettings Settings => settings.Now;

    /// <summary>The node that pays.</summary>
    public ILightningNode Node => node;

    /// <summary>Whether balances of a practice chain would be paid in coins that are worth something; then nothing is.
    /// </summary>
    public bool HoldsPracticeCoins =>
        settings.Now.PaysRealCoins && journal.Find(Account.Practice.Name)?.Amount < 0;

    /// <summary>Payouts that have not come to their end, the oldest first.</summary>
    public IReadOnlyList<PayoutRecord> Open => store.Open();

    /// <summary>Payouts, the newest first.</summary>
    public IReadOnlyList<PayoutRecord> Page(long? before, string account, int count) =>
        store.Page(before ?? long.MaxValue, account, count);

    /// <summary>The payout of a number; null for none.</summary>
    public PayoutRecord? Find(long id) => store.Find(id);

    /// <summary>Takes up what an earlier run left open: the ledger says what became of it.</summary>
    public void Resume()
    {
        desk.Ended += WriteDown;
        TakeUp(Stopped);
    }

    /// <summary>Asks the node about every payout whose end is not known, and takes up those that could not be written
    /// down: their accounts would have an open payout for good.</summary>
    public async Task ReconcileAsync(CancellationToken cancel)
    {
        if (settings.Now.IsEnabled)
        {
            await desk.ReconcileAsync(cancel);
            TakeUp(Interrupted);
        }
    }

    /// <summary>Begins a payout.</summary>
    /// <param name="account">Who pays.</param>
    /// <param name="to">Who is paid; null for the account's target.</param>
    /// <param name="amountMsat">How much; null for all there is, or what the invoice says.</param>
    /// <param name="dryRun">Says what would be done, and does nothing.</param>
    /// <param name="cause">Who wants it.</param>
    public PayoutStart Begin(string account, string? to, long? amountMsat, bool dryRun, string cause)
    {
        PayoutStart plan = Plan(account, to, amountMsat, cause);
        if (plan.Payout is not { } payout || dryRun || settings.Now.DryRun)
        {
            return plan;
        }

        try
        {
            lock (_beginning)
            {
                if (store.TryBegin(payout) is not { } begun)
                {
                    return PayoutStart.No(PayoutFault.AnotherOpen);
                }

                if (begun.Stage == PayoutStage.Asking)
                {
                    Run(begun, isApproved: false);
                }

                return PayoutStart.Of(begun);
            }
        }
        catch (StorageException e)
        {
            log.LogError("A payout cannot be noted, so it is not begun. {Fault}", e.Message);
            return PayoutStart.No(PayoutFault.Busy);
        }
    }

    /// <summary>The owner agrees to a payout, or does not.</summary>
    public PayoutStart Decide(long id, bool isApproved)
    {
        if (isApproved && HoldsPracticeCoins)
        {
            return PayoutStart.No(PayoutFault.PracticeCoins, Practice);
        }

        PayoutStage next = isApproved ? PayoutStage.Asking : PayoutStage.Rejected;
        PayoutRecord moved;
        lock (_beginning)
        {
            if (store.Find(id) is not { Stage: PayoutStage.AwaitsApproval } payout
                || !store.TryMove(id, PayoutStage.AwaitsApproval, next))
            {
                return PayoutStart.No(PayoutFault.NotWaiting);
            }

            moved = payout with { Stage = next };
            if (isApproved)
            {
                Run(moved, isApproved: true);
            }
        }

        if (!isApproved)
        {
            Ended?.Invoke(moved);
        }

        return PayoutStart.Of(moved);
    }

    /// <summary>Waits for a payout that was begun, for a while.</summary>
    /// <returns>The payout as it is then.</returns>
    public async Task<PayoutRecord> WaitAsync(PayoutRecord payout, TimeSpan most, CancellationToken cancel)
    {
        if (_running.TryGetValue(payout.Id, out Task? run))
        {
            try
            {
                await run.WaitAsync(most, time, cancel);
            }
            catch (TimeoutException)
            {
                // It goes on; what it has come to by now is the answer.
            }
        }

        return store.Find(payout.Id) ?? payout;
    }

    /// <summary>What a payout would be, or why there would be none.</summary>
    public PayoutStart Plan(string account, string? to, long? amountMsat, string cause)
    {
        if (!settings.Now.IsEnabled)
        {
            return PayoutStart.No(PayoutFault.NoNode);
        }

        if (HoldsPracticeCoins)
        {
            return PayoutStart.No(PayoutFault.PracticeCoins, Practice);
        }

        if (journal.Find(account) is not { } balance || !TargetBook.IsPayable(balance.Account))
        {
            return PayoutStart.No(PayoutFault.NoSuchAccount);
        }

        if ((to ?? targets.Find(account)?.Target) is not { } text)
        {
            return PayoutStart.No(PayoutFault.NoTarget);
        }

        if (!PayoutTarget.TryParse(text, settings.Now.Chain, out PayoutTarget? target, out string problem))
        {
            return PayoutStart.No(PayoutFault.BadTarget, problem);
        }

        if (target!.Kind == TargetKind.Node && node is not IKeysendNode)
        {
            return PayoutStart.No(PayoutFault.BadTarget,
                $"{node.Name} cannot pay without an invoice: name a Lightning address.");
        }

        long amount = target.Invoice?.AmountMsat ?? amountMsat
            ?? InvoiceDesk.WholeSatoshi(settings.Now.Desk.LargestOf(balance.Amount));
        if (target.Invoice is not null && amountMsat is { } asked && asked != amount)
        {
            return PayoutStart.No(PayoutFault.BadTarget, $"The invoice asks for {amount} msat.");
        }

        DateTimeOffset now = time.GetUtcNow();
        PayoutStage stage = amount > settings.Now.ApprovalMsat ? PayoutStage.AwaitsApproval : PayoutStage.Asking;
        return desk.ProblemOf(balance.Account, amount, isApproved: true) is { } no
            ? PayoutStart.No(PayoutFault.NotPayable, no)
            : PayoutStart.Of(new PayoutRecord(0, account, target.Text, amount, 0, stage, "", "", cause, now, now));
    }

    /// <summary>Waits for what runs; what is with the node stays reserved.</summary>
    public async ValueTask DisposeAsync()
    {
        desk.Ended -= WriteDown;
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Values);
        _stop.Dispose();
    }

    /// <summary>Ends what is open and nobody works on, by the ledger's word.</summary>
    /// <param name="nothingSent">What is said of a payout that the ledger does not know.</param>
    private void TakeUp(string nothingSent)
    {
        PayoutRecord[] idle;
        lock (_beginning)
        {
            // First who runs, then what is open: whatever ended in between is on the disk as it ended.
            HashSet<long> running = [.. _running.Keys];
            idle = [.. store.Open().Where(payout =>
                payout.Stage != PayoutStage.AwaitsApproval && !running.Contains(payout.Id))];
        }

        foreach (PayoutRecord payout in idle)
        {
            PayoutAnswer? known = payout.Hash.Length > 0 ? desk.Look(payout.Hash) : null;
            if (payout.Stage == PayoutStage.Sending && known is not null)
            {
                WriteDown(payout.Hash, known);
            }
            else
            {
                Write(payout, PayoutStage.Refused, nothingSent);
            }
        }
    }

    private void Run(PayoutRecord payout, bool isApproved)
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[payout.Id] = Task.Run(async () =>
        {
            await begun.Task;
            try
            {
                await RunAsync(payout, isApproved);
            }
            catch (Exception e)
            {
                // Whatever it was: what is reserved is in the ledger, and the next reconciliation takes it up.
                log.LogError(e, "Payout {Id} of {Account} was interrupted.", payout.Id, payout.Account);
            }
            finally
            {
                _running.TryRemove(payout.Id, out _);
            }
        });
        begun.SetResult();
    }

    private async Task RunAsync(PayoutRecord payout, bool isApproved)
    {
        InvoiceDesk.Order? order = null;
        string problem;
        try
        {
            bool isRead = PayoutTarget.TryParse(
                payout.Target, settings.Now.Chain, out PayoutTarget? target, out problem);
            (order, problem) = isRead
                ? await invoices.MakeAsync(target!, payout.AmountMsat, settings.Now.Chain, _stop.Token)
                : (null, problem);
        }
        catch (OperationCanceledException)
        {
            problem = Stopped;
        }

        if (order is null)
        {
            Write(payout, PayoutStage.Refused, problem);
            return;
        }

        // Noted before anything is sent: the hash is how the ledger and the node know it.
        payout = Write(payout with { AmountMsat = order.AmountMsat, Hash = order.Hash }, PayoutStage.Sending, "");
        Account account = journal.Find(payout.Account)!.Value.Account;
        PayoutAnswer answer = order.Keysend is { } payment
            ? await desk.SendAsync(account, payment, false, isApproved, _stop.Token)
            : await desk.PayAsync(account, order.Invoice!, false, isApproved, _stop.Token);
        if (answer.State == PayoutState.Refused)
        {
            Write(payout, PayoutStage.Refused, answer.Reason);
        }
        else if (answer.State == PayoutState.Pending)
        {
            Write(payout, PayoutStage.Sending, answer.Reason);
        }
    }

    /// <summary>Writes down what the ledger says of a payment.</summary>
    private void WriteDown(string hash, PayoutAnswer answer)
    {
        if (store.FindHash(hash) is { IsOpen: true } payout && answer.State is PayoutState.Paid or PayoutState.Returned)
        {
            PayoutStage stage = answer.State == PayoutState.Paid ? PayoutStage.Paid : PayoutStage.Returned;
            Write(payout with { FeeMsat = answer.FeeMsat }, stage, answer.Reason);
        }
    }

    private PayoutRecord Write(PayoutRecord payout, PayoutStage stage, string reason)
    {
        PayoutRecord changed = payout with { Stage = stage, Reason = reason, Changed = time.GetUtcNow() };
        store.Change(changed);
        if (!changed.IsOpen)
        {
            log.LogInformation("Payout {Id} of {Account}: {Amount} msat, {Stage}. {Reason}",
                changed.Id, changed.Account, changed.AmountMsat, stage, reason);
            Publish(changed);
            Ended?.Invoke(changed);
        }

        return changed;
    }

    private void Publish(PayoutRecord payout)
    {
        if (payout.Stage == PayoutStage.Paid)
        {
            events.Publish(EventKind.PayoutSent, payout.Account,
                $"Payout {payout.Id}: {payout.AmountMsat} msat arrived, for a fee of {payout.FeeMsat} msat.");
        }
        else if (payout.Stage is PayoutStage.Returned or PayoutStage.Refused)
        {
            string where = payout.Stage == PayoutStage.Returned ? "came back" : "was not sent";
            events.Publish(EventKind.PayoutFailed, payout.Account,
                $"Payout {payout.Id}: {payout.AmountMsat} msat {where}. {payout.Reason}");
        }
    }
}
