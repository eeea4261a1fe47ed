using MicroFirmware.Addresses;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Paywall.Invoices;
using MicroFirmware.Paywall.Stores;
using MicroFirmware.Paywall.Tokens;
using MicroFirmware.Protocol;

namespace MicroFirmware.Paywall;

/// <summary>
/// Says whether a request is paid for, and books what was paid. What it says yes to is on the disk: the payment, and
/// that it was used. Safe for use by many threads.
/// </summary>
/// <remarks>A page that is paid for and then fails is not paid back, unless the page does so itself
/// (<see cref="PaymentReceipt"/>).</remarks>
public sealed class Cashier
{
    /// <summary>Invoices a minute that an address gets unless it is said otherwise: one a second.</summary>
    public const int DefaultInvoicesPerMinute = 60;

    // A disk that takes longer than this is a fault that no reader should wait for.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly TokenMint _mint;
    private readonly PaywallStore _store;
    private readonly Journal _journal;
    private readonly IInvoiceIssuer _invoices;
    private readonly Func<string, Payer?> _payers;
    private readonly TimeProvider _time;
    private readonly int _invoicesPerMinute;

    // A node keeps every invoice, and strangers get them for nothing.
    private readonly MinuteCounts _asked;
    private readonly RecentPayments _booked = new();

    /// <summary>A cashier.</summary>
    /// <param name="mint">Makes its tokens.</param>
    /// <param name="store">Knows what is used up.</param>
    /// <param name="journal">Where payments are booked.</param>
    /// <param name="invoices">Who is paid by Lightning.</param>
    /// <param name="payers">Who may pay with a balance, by name: a device's id or
    /// <see cref="PaymentCredential.Owner"/>; null for nobody of that name.</param>
    /// <param name="time">Says when tokens expire.</param>
    /// <param name="invoicesPerMinute">Invoices that an address gets in a minute, 1 or more.</param>
    public Cashier(
        TokenMint mint,
        PaywallStore store,
        Journal journal,
        IInvoiceIssuer invoices,
        Func<string, Payer?> payers,
        TimeProvider time,
        int invoicesPerMinute = DefaultInvoicesPerMinute)
    {
        (_mint, _store, _journal, _invoices, _payers, _time) = (mint, store, journal, invoices, payers, time);
        (_invoicesPerMinute, _asked) = (invoicesPerMinute, new MinuteCounts(time));
    }

    /// <summary>Judges a request, and takes the payment that it carries.</summary>
    /// <param name="request">The request.</param>
    /// <param name="terms">What it costs.</param>
    /// <param name="cancel">The reader has gone; what was taken by then is not given back.</param>
    public ValueTask<PaymentResult> AdmitAsync(
        in PaymentRequest request, PaymentTerms terms, CancellationToken cancel)
    {
        string authorization = request.Authorization;
        if (L402Credential.HasScheme(authorization))
        {
            return L402Credential.TryParse(authorization, out L402Credential? credential)
                ? TakeTokenAsync(credential!, request.Path, terms, cancel)
                : ValueTask.FromResult(PaymentResult.Malformed);
        }

        return !authorization.StartsWith(Credential.Scheme + " ", StringComparison.Ordinal)
            ? ValueTask.FromResult(PaymentResult.NoCredential)
            : PaymentCredential.TryParse(authorization, out PaymentCredential payment)
                ? new ValueTask<PaymentResult>(TakeBalanceAsync(payment, request, terms, cancel))
                : ValueTask.FromResult(PaymentResult.Malformed);
    }

    /// <summary>Asks for money.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="terms">What it costs.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null where the address has asked too often, or the node does not answer.</returns>
    public async Task<Challenge?> ChallengeAsync(PaymentRequest request, PaymentTerms terms, CancellationToken cancel)
    {
        IssuedInvoice? invoice = _asked.Add(request.Address) <= _invoicesPerMinute
            ? await _invoices.IssueAsync(terms.PriceMsat, terms.Description, terms.Validity, cancel)
            : null;
        if (invoice is null)
        {
            return null;
        }

        // What the invoice asks for is what will be credited, also where the node rounded it up.
        long expires = Now + (long)terms.Validity.TotalSeconds;
        Macaroon token = _mint.Make(
            invoice.PaymentHash, invoice.AmountMsat, terms.Path ?? request.Path, expires, terms.Uses);
        return new Challenge(Convert.ToBase64String(MacaroonCodec.Write(token)), invoice.Text);
    }

    /// <summary>What a payer has; null where nothing was ever booked for it.</summary>
    public Int128? BalanceOf(string payer) => _payers(payer) is { } known
        ? _journal.Find(known.Account.Name)?.Amount
        : null;

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    private ValueTask<PaymentResult> TakeTokenAsync(
        L402Credential credential, string path, PaymentTerms terms, CancellationToken cancel)
    {
        Macaroon token = credential.Token;
        if (!_mint.IsOwn(token) || !credential.IsPaid || !TokenLimits.TryRead(token, out TokenLimits? limits))
        {
            return ValueTask.FromResult(PaymentResult.Forged);
        }

        PaymentResult result = !TokenLimits.Covers(limits!.Path, path) ? PaymentResult.WrongPath
            : limits.ExpiresUnixSeconds < Now ? PaymentResult.Expired
            : limits.Msat < terms.PriceMsat ? PaymentResult.TooLittle
            : PaymentResult.Paid;
        bool isBooked = _booked.Contains(TokenIdentifier.PaymentHashOf(token.Identifier));
        return result != PaymentResult.Paid || (isBooked && limits.Count is null)
            ? ValueTask.FromResult(result)
            : new ValueTask<PaymentResult>(UseAsync(token, limits, isBooked, terms, cancel));
    }

    private async Task<PaymentResult> UseAsync(
        Macaroon token, TokenLimits limits, bool isBooked, PaymentTerms terms, CancellationToken cancel)
    {
        if (!isBooked && !await BookAsync(token, limits, terms, cancel))
        {
            return PaymentResult.Busy;
        }

        if (limits.Count is not { } count)
        {
            return PaymentResult.Paid;
        }

        byte[] id = TokenIdentifier.TokenIdOf(token.Identifier).ToArray();
        return await _store.UseAsync(id, count, limits.MintedExpiresUnixSeconds, cancel) switch
        {
            true => PaymentResult.Paid,
            false => PaymentResult.UsedUp,
            null => PaymentResult.Busy,
        };
    }

    /// <summary>Books a payment that the node has received; it is booked once, however often this is asked.</summary>
    private async Task<bool> BookAsync(
        Macaroon token, TokenLimits limits, PaymentTerms terms, CancellationToken cancel)
    {
        byte[] hash = TokenIdentifier.PaymentHashOf(token.Identifier).ToArray();
        PostResult? result = await PostAsync(
            PaymentReceipt.KeyOf(hash), PaywallAccounts.Lightning, limits.MintedMsat, terms, cancel);
        bool isBooked = result is PostResult.Posted or PostResult.AlreadyPosted or PostResult.KeyTaken;
        if (isBooked)
        {
            _booked.Add(hash);
        }

        return isBooked;
    }

    private async Task<PaymentResult> TakeBalanceAsync(
        PaymentCredential payment, PaymentRequest request, PaymentTerms terms, CancellationToken cancel)
    {
        Payer? payer = _payers(payment.Payer);
        bool isSigned = payer is not null
            && payment.IsSignedWith(payer.Key, terms.Payee.Name, request.Method, request.Target);
        if (!isSigned || payment.Counter > long.MaxValue)
        {
            return PaymentResult.BadMac;
        }

        if (payment.MostMsat < (ulong)terms.PriceMsat)
        {
            return PaymentResult.TooLittle;
        }

        // Used up first: whatever happens from here on, nobody can send this credential again.
        bool? raised = await _store.RaiseAsync(payment.Payer, (long)payment.Counter, cancel);
        if (raised != true)
        {
            return raised is null ? PaymentResult.Busy : PaymentResult.Replayed;
        }

        return await PostAsync(PaymentReceipt.KeyOf(payment), payer!.Account, terms.PriceMsat, terms, cancel) switch
        {
            PostResult.Posted => PaymentResult.Paid,
            PostResult.AlreadyPosted or PostResult.KeyTaken => PaymentResult.Replayed,
            PostResult.Overdrawn => PaymentResult.InsufficientBalance,
            PostResult.SameAccount => PaymentResult.OwnPage,
            _ => PaymentResult.Busy,
        };
    }

    private async Task<PostResult?> PostAsync(
        string key, Account from, long msat, PaymentTerms terms, CancellationToken cancel)
    {
        if (_journal.Fault is not null)
        {
            return null;
        }

        Posting posting = new(key, _time.GetUtcNow().ToUnixTimeMilliseconds(), terms.Description,
            [new Entry(from, terms.Payee, msat)]);
        try
        {
            return await _journal.PostAsync(posting).WaitAsync(s_timeout, cancel);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            return null;
        }
    }
}
