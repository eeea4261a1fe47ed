using MicroFirmware.Gateway.Rewards;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Rewards;
using MicroFirmware.Paywall;
using MicroFirmware.Protocol;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>
/// What customers paid, from the moment it is debited to its end: shared out among boards, or returned. One key for
/// both, so it is one of them, once. Safe for use by many threads.
/// </summary>
internal sealed class ProofFees(Journal journal, TimeProvider time, ILogger<ProofFees> log)
{
    private const int PageSize = 1_000;
    private const string BalancePrefix = "pay:";

    private readonly Lock _gate = new();
    private readonly HashSet<string> _underWay = [];

    /// <summary>Where fees wait.</summary>
    public static Account Held { get; } = new("proofs:held", LedgerUnit.MilliSatoshi);

    /// <summary>Takes a payment for one proof; <see cref="End"/> lets it go again.</summary>
    public ProofFeeState Begin(PaymentReceipt receipt)
    {
        lock (_gate)
        {
            return journal.Contains(EndKey(receipt.Key)) ? ProofFeeState.Spent
                : _underWay.Add(receipt.Key) ? ProofFeeState.Begun
                : ProofFeeState.UnderWay;
        }
    }

    /// <summary>The request is answered.</summary>
    public void End(PaymentReceipt receipt)
    {
        lock (_gate)
        {
            _underWay.Remove(receipt.Key);
        }
    }

    /// <summary>Shares a payment out among the boards whose finding stood.</summary>
    /// <returns>False where it could not be booked.</returns>
    public Task<bool> ShareAsync(PaymentReceipt receipt, long msat, IEnumerable<string> boards) => PostAsync(
        receipt.Key, "proof checked", [.. ProofFee.Split(msat, boards)
            .Where(credit => credit.MilliSatoshi > 0)
            .Select(credit => new Entry(Held, Payees.Of(Account.NameOf(credit.Who)), credit.MilliSatoshi))]);

    /// <summary>Returns a payment. What was paid by Lightning stays: its token is good for another request.</summary>
    public async Task ReturnAsync(PaymentReceipt receipt, long msat)
    {
        if (receipt.Payer is { } payer)
        {
            Account account = payer == PaymentCredential.Owner ? Account.Owner : Payees.Of(Account.NameOf(payer));
            await PostAsync(receipt.Key, "proof not decided", [new Entry(Held, account, msat)]);
        }
    }

    /// <summary>Returns what an earlier run took and did not get to end.</summary>
    public async Task RecoverAsync()
    {
        Int128 open = journal.Find(Held.Name)?.Amount ?? 0;
        long? from = null;
        while (open > 0 && journal.Statement(Held.Name, from, PageSize) is { Count: > 0 } page)
        {
            foreach (StatementLine line in page.Where(line => line.Amount > 0 && !IsEnded(line.Key)))
            {
                open -= line.Amount;
                if (line.Key.StartsWith(BalancePrefix, StringComparison.Ordinal))
                {
                    Account payer = new(line.Other, LedgerUnit.MilliSatoshi);
                    await PostAsync(line.Key, "proof not decided", [new Entry(Held, payer, line.Amount)]);
                }
            }

            from = page[^1].Previous;
            if (from <= 0)
            {
                return;
            }
        }
    }

    private static string EndKey(string payment) => $"proof:{payment}:end";

    private bool IsEnded(string payment) => journal.Contains(EndKey(payment));

    private async Task<bool> PostAsync(string payment, string memo, IReadOnlyList<Entry> entries)
    {
        try
        {
            PostResult result = await journal.PostAsync(new Posting(
                EndKey(payment), time.GetUtcNow().ToUnixTimeMilliseconds(), memo, entries));
            if (result == PostResult.Posted)
            {
                return true;
            }

            log.LogError("The fee of {Payment} could not be booked ({Result}); it is still held.", payment, result);
        }
        catch (OperationCanceledException)
        {
            // The book is closed: the next start finds what is held.
        }

        return false;
    }
}
