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
/// <param name="journal">The ledger.</param>
/// <param name="backend">The node.</param>
/// <param name="options">What may be paid; asked each time.</param>
/// <param name="time">The clock.</param>
public sealed class PayoutDesk(
    Journal journal, ILightningBackend backend, Func<PayoutOptions> options, TimeProvider time)
{
    // Beyond the node's own patience: clocks differ, and a busy machine is late.
    private const string TriedBefore = "This invoice was tried before: ask for a new one.";

    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> _running = new();
    private readonly SemaphoreSlim _reserving = new(1);

    /// <summary>With bounds that do not change.</summary>
    /// <param name="journal">The ledger.</param>
    /// <param name="backend">The node.</param>
    /// <param name="options">What may be paid.</param>
    /// <param name="time">The clock.</param>
    public PayoutDesk(Journal journal, ILightningBackend backend, PayoutOptions options, TimeProvider time)
        : this(journal, backend, () => options, time)
    {
    }

    /// <summary>Told of every payout whose end was booked: its payment hash, and what became of it.</summary>
    public event Action<string, PayoutAnswer>? Ended;

    /// <summary>Pays an invoice out of an account.</summary>
    /// <param name="account">Who pays; amount and fee must be there.</param>
    /// <param name="text">The invoice.</param>
    /// <param name="dryRun">Says whether it would be begun, and does nothing.</param>
    /// <param name="isApproved">Whether a person has agreed to an amount above the limit.</param>
    /// <param name="cancel">Gives up waiting; the payout is then pending.</param>
    public async Task<PayoutAnswer> PayAsync(
        Account account,
        string text,
        bool dryRun = false,
        bool isApproved = false,
        CancellationToken cancel = default)
    {
        if (!Bolt11Reader.TryRead(text, out Bolt11Invoice? invoice, out string problem))
        {
            return Refuse($"The invoice cannot be read: {problem}.");
        }

        OpenPayout payout = NewPayout(account, invoice!.PaymentHash, invoice.AmountMsat ?? 0, isKeysend: false);
        return await RunAsync(payout, ProblemOf(invoice), dryRun, isApproved, () => backend.PayAsync(
            text, invoice, payout.FeeLimitMsat, options().Patience, cancel), cancel);
    }

    /// <summary>Pays to a node's key out of an account.</summary>
    /// <param name="account">Who pays; amount and fee must be there.</param>
    /// <param name="payment">Whom, how much, and the payment's secret.</param>
    /// <param name="dryRun">Says whether it would be begun, and does nothing.</param>
    /// <param name="isApproved">Whether a person has agreed to an amount above the limit.</param>
    /// <param name="cancel">Gives up waiting; the payout is then pending.</param>
    public Task<PayoutAnswer> SendAsync(
        Account account,
        Keysend payment,
        bool dryRun = false,
        bool isApproved = false,
        CancellationToken cancel = default)
    {
        OpenPayout payout = NewPayout(account, payment.Hash, payment.AmountMsat, isKeysend: true);
        return backend is IKeysendNode node
            ? RunAsync(payout, null, dryRun, isApproved, () => node.SendAsync(
                payment, payout.FeeLimitMsat, options().Patience, cancel), cancel)
            : Task.FromResult(Refuse($"{backend.Name} cannot pay without an invoice: name a Lightning address."));
    }

    /// <summary>Why an amount would not be paid out of an account now; null where nothing is in its way.</summary>
    /// <param name="account">Who pays.</param>
    /// <param name="amountMsat">What the payee gets.</param>
    /// <param name="isApproved">Whether a person has agreed to an amount above the limit.</param>
    public string? ProblemOf(Account account, long amountMsat, bool isApproved)
    {
        bool isClosed = account.MayOwe || account.Unit != LedgerUnit.MilliSatoshi
            || account == Account.Pool || account == Account.Payouts || account == Account.Paid;
        if (isClosed || amountMsat < options().MinMsat)
        {
            return isClosed ? "Nothing is paid out of there." : $"A payout is at least {options().MinMsat} msat.";
        }

        Int128 reserved = (Int128)amountMsat + options().FeeLimitOf(amountMsat);
        return amountMsat > options().ApprovalMsat && !isApproved
                ? $"More than {options().ApprovalMsat} msat takes the owner's approval."
            : SentSince(time.GetUtcNow().AddDays(-1)) + reserved > options().DailyCapMsat
                ? $"The day's payouts would be more than {options().DailyCapMsat} msat."
            : (journal.Find(account.Name)?.Amount ?? 0) < reserved ? Overdrawn(reserved)
            : null;
    }

    /// <summary>What the ledger says of a payment; null where none was ever begun under this hash.</summary>
    /// <param name="hash">64 lower-case hexadecimal digits.</param>
    public PayoutAnswer? Look(string hash) => OpenPayout.Look(journal, hash);

    /// <summary>Asks the node about every payout whose end is not known, and books what it says.</summary>
    /// <returns>Payouts that are still pending.</returns>
    public async Task<int> ReconcileAsync(CancellationToken cancel = default)
    {
        int pending = 0;
        foreach (OpenPayout payout in OpenPayout.FindAll(journal))
        {
            bool mayRun = _running.ContainsKey(payout.Hash)
                || time.GetUtcNow() - payout.Time < options().Patience + s_margin;
            byte[] hash = Convert.FromHexString(payout.Hash);
            PaymentOutcome outcome = !payout.IsKeysend ? await backend.FindAsync(hash, cancel)
                : backend is IKeysendNode node ? await node.FindKeysendAsync(hash, cancel)
                : PaymentOutcome.Open("it was sent by another kind of node");
            bool isSettled = outcome.State == PaymentState.Succeeded
                || (outcome.State == PaymentState.Failed && !mayRun);
            PayoutAnswer? answer = isSettled ? await EndAsync(payout, outcome) : null;
            pending += answer is null or { State: PayoutState.Pending } ? 1 : 0;
        }

        return pending;
    }

    private async Task<PayoutAnswer> RunAsync(
        OpenPayout payout,
        string? problem,
        bool dryRun,
        bool isApproved,
        Func<Task<PaymentOutcome>> send,
        CancellationToken cancel)
    {
        await _reserving.WaitAsync(cancel);
        try
        {
            problem ??= ProblemOf(payout.Account, payout.AmountMsat, isApproved);
            if (problem is not null || dryRun)
            {
                return Refuse(problem ?? "Nothing is in its way; it was not sent, because this was a trial.");
            }

            // The node's own call must be over before anybody believes that it does not know the payment: whoever tries
            // the same one meanwhile must not end that here.
            if (!_running.TryAdd(payout.Hash, true))
            {
                return Refuse(TriedBefore);
            }

            PostResult reserved = await journal.PostAsync(payout.Reserve());
            if (reserved != PostResult.Posted)
            {
                _running.TryRemove(payout.Hash, out _);
                return reserved == PostResult.Overdrawn
                    ? Refuse(Overdrawn(payout.AmountMsat + payout.FeeLimitMsat))
                    : Refuse(TriedBefore);
            }
        }
        finally
        {
            _reserving.Release();
        }

        try
        {
            return await EndAsync(payout, await send());
        }
        finally
        {
            _running.TryRemove(payout.Hash, out _);
        }
    }

    private string? ProblemOf(Bolt11Invoice invoice) =>
        invoice.Prefix != options().Prefix ? $"The invoice is not for the chain {options().Prefix}."
        : invoice.AmountMsat is null ? "The invoice names no amount: ask for one that does."
        : invoice.ExpiresUnixSeconds <= time.GetUtcNow().ToUnixTimeSeconds() ? "The invoice has expired."
        : null;

    private OpenPayout NewPayout(Account account, byte[] hash, long amountMsat, bool isKeysend) => new(
        account, Convert.ToHexStringLower(hash), amountMsat, options().FeeLimitOf(amountMsat), time.GetUtcNow(),
        isKeysend);

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
        PayoutAnswer answer = !booked
            ? new PayoutAnswer(PayoutState.Pending, $"Compare the node's history with the ledger: {result}.")
            : paid ? new PayoutAnswer(PayoutState.Paid, "", outcome.FeeMsat)
            : new PayoutAnswer(PayoutState.Returned, outcome.Reason);
        if (booked)
        {
            Ended?.Invoke(payout.Hash, answer);
        }

        return answer;
    }

    private static string Overdrawn(Int128 reserved) => $"The account does not hold {reserved} msat, fee included.";

    private static PayoutAnswer Refuse(string reason) => new(PayoutState.Refused, reason);
}
