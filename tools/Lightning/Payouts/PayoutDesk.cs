using System.Collections.Concurrent;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Payouts;

/// <summary>
/// Pays balances out. The ledger is its only memory: money is reserved under the payment's hash before anything is
/// sent, and leaves that state once, by one of two postings that share a key. Killed at any point, the next run finds
/// what is reserved and asks the node what became of it.
/// <code>
/// account ──reserve──▶ payouts ──end──▶ paid       (the node has the preimage)
///                              └─end──▶ account    (the node says that it failed)
/// </code>
/// </summary>
/// <remarks>Not here: schedules, and the approval of a large payout, which is refused for now.</remarks>
/// <param name="journal">The ledger.</param>
/// <param name="backend">The node.</param>
/// <param name="options">What may be paid.</param>
/// <param name="time">The clock.</param>
public sealed class PayoutDesk(Journal journal, ILightningBackend backend, PayoutOptions options, TimeProvider time)
{
    private const int Million = 1_000_000;

    // Beyond the node's own patience: clocks differ, and a busy machine is late.
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> _running = new();
    private readonly SemaphoreSlim _reserving = new(1);

    /// <summary>Pays an invoice out of an account.</summary>
    /// <param name="account">Who pays; amount and fee must be there.</param>
    /// <param name="text">The invoice.</param>
    /// <param name="dryRun">Says whether it would be begun, and does nothing.</param>
    /// <param name="cancel">Gives up waiting; the payout is then pending.</param>
    public async Task<PayoutAnswer> PayAsync(
        Account account, string text, bool dryRun = false, CancellationToken cancel = default)
    {
        if (!Bolt11Reader.TryRead(text, out Bolt11Invoice? invoice, out string problem))
        {
            return Refuse($"The invoice cannot be read: {problem}.");
        }

        OpenPayout payout = new(account, Convert.ToHexStringLower(invoice!.PaymentHash), invoice.AmountMsat ?? 0,
            FeeLimitOf(invoice.AmountMsat ?? 0), time.GetUtcNow());
        await _reserving.WaitAsync(cancel);
        try
        {
            PayoutAnswer? refused = Check(invoice, payout);
            if (refused is not null || dryRun)
            {
                return refused ?? Refuse("Nothing is in its way; it was not sent, because this was a trial.");
            }

            // The node's own call must be over before anybody believes that it does not know the payment.
            _running[payout.Hash] = true;
            PostResult reserved = await journal.PostAsync(payout.Reserve());
            if (reserved != PostResult.Posted)
            {
                _running.TryRemove(payout.Hash, out _);
                return reserved == PostResult.Overdrawn
                    ? Refuse($"The account does not hold {payout.AmountMsat + payout.FeeLimitMsat} msat, fee included.")
                    : Refuse("This invoice was tried before: ask for a new one.");
            }
        }
        finally
        {
            _reserving.Release();
        }

        try
        {
            return await EndAsync(payout, await backend.PayAsync(
                text, invoice, payout.FeeLimitMsat, options.Patience, cancel));
        }
        finally
        {
            _running.TryRemove(payout.Hash, out _);
        }
    }

    /// <summary>Asks the node about every payout whose end is not known, and books what it says.</summary>
    /// <returns>Payouts that are still pending.</returns>
    public async Task<int> ReconcileAsync(CancellationToken cancel = default)
    {
        int pending = 0;
        foreach (OpenPayout payout in OpenPayout.FindAll(journal))
        {
            bool mayRun = _running.ContainsKey(payout.Hash)
                || time.GetUtcNow() - payout.Time < options.Patience + s_margin;
            PaymentOutcome outcome = await backend.FindAsync(Convert.FromHexString(payout.Hash), cancel);
            bool isSettled = outcome.State == PaymentState.Succeeded
                || (outcome.State == PaymentState.Failed && !mayRun);
            PayoutAnswer? answer = isSettled ? await EndAsync(payout, outcome) : null;
            pending += answer is null or { State: PayoutState.Pending } ? 1 : 0;
        }

        return pending;
    }

    private PayoutAnswer? Check(Bolt11Invoice invoice, OpenPayout payout)
    {
        long amount = payout.AmountMsat;
        string? problem = invoice.Prefix != options.Prefix ? $"The invoice is not for the chain {options.Prefix}."
            : invoice.AmountMsat is null ? "The invoice names no amount: ask for one that does."
            : invoice.ExpiresUnixSeconds <= time.GetUtcNow().ToUnixTimeSeconds() ? "The invoice has expired."
            : amount < options.MinMsat ? $"A payout is at least {options.MinMsat} msat."
            : amount > options.ApprovalMsat ? $"More than {options.ApprovalMsat} msat takes the owner's approval."
            : payout.Account.MayOwe || payout.Account.Unit != LedgerUnit.MilliSatoshi ? "Nothing is paid out of there."
            : SentSince(time.GetUtcNow().AddDays(-1)) + amount + payout.FeeLimitMsat > options.DailyCapMsat
                ? $"The day's payouts would be more than {options.DailyCapMsat} msat."
            : null;
        return problem is null ? null : Refuse(problem);
    }

    private long FeeLimitOf(long amount) =>
        checked(options.FeeBaseMsat + (long)((Int128)amount * options.FeePpm / Million));

    /// <summary>Reserved since a time, less what came back.</summary>
    private Int128 SentSince(DateTimeOffset since)
    {
        const int page = 1_000;
        Int128 sent = 0;
        long? before = null;
        while (before != 0)
        {
            IReadOnlyList<StatementLine> lines = journal.Statement(Account.Payouts.Name, before, page);
            foreach (StatementLine line in lines)
            {
                if (line.UnixMs < since.ToUnixTimeMilliseconds())
                {
                    return sent;
                }

                sent += line.Amount > 0 || line.Other != Account.Paid.Name ? line.Amount : 0;
            }

            before = lines.Count > 0 ? lines[^1].Previous : 0;
        }

        return sent;
    }

    private async Task<PayoutAnswer> EndAsync(OpenPayout payout, PaymentOutcome outcome)
    {
        if (outcome.State == PaymentState.Unknown)
        {
            return new PayoutAnswer(PayoutState.Pending, outcome.Reason);
        }

        bool paid = outcome.State == PaymentState.Succeeded;
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        PostResult result = await journal.PostAsync(
            paid ? payout.EndPaid(outcome.FeeMsat, now) : payout.EndReturned(now));

        // Refused where the other end was booked first: a node that changes its mind is for a person to look at, and
        // the money stays where the first end put it.
        bool booked = result is PostResult.Posted or PostResult.AlreadyPosted;
        return !booked ? new PayoutAnswer(PayoutState.Pending, $"Compare the node's history with the ledger: {result}.")
            : paid ? new PayoutAnswer(PayoutState.Paid, "")
            : new PayoutAnswer(PayoutState.Returned, outcome.Reason);
    }

    private static PayoutAnswer Refuse(string reason) => new(PayoutState.Refused, reason);
}
