using System.Globalization;
using MicroFirmware.Paywall.Tokens;
using MicroFirmware.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace MicroFirmware.Paywall.Http;

/// <summary>
/// Every answer to who has not paid: a problem (RFC 9457) with a sentence that says what to do and, where paying helps,
/// how to.
/// <code>
/// WWW-Authenticate: L402 version="0", token="…", invoice="…"
/// WWW-Authenticate: LSAT macaroon="…", invoice="…"            the older form of the same
/// WWW-Authenticate: Micro msat="50", payee="site:articles"    with a balance, see PaymentCredential
/// </code>
/// </summary>
internal static class PaymentAnswer
{
    public static async Task<IResult> MakeAsync(
        HttpContext context, Cashier cashier, PaymentRequest request, PaymentTerms terms, PaymentResult result)
    {
        ProblemDetails problem = ProblemOf(result, request, cashier, terms);
        context.Response.Headers.CacheControl = "no-store";
        if (problem.Status != StatusCodes.Status402PaymentRequired)
        {
            return TypedResults.Problem(problem);
        }

        Challenge? challenge = await cashier.ChallengeAsync(request, terms, context.RequestAborted);
        string price = terms.PriceMsat.ToString(CultureInfo.InvariantCulture);
        string balance = $"{Credential.Scheme} msat=\"{price}\", payee=\"{terms.Payee.Name}\"";
        context.Response.Headers.WWWAuthenticate = challenge is null
            ? balance
            : new StringValues(
            [
                $"{L402Credential.Scheme} version=\"0\", token=\"{challenge.Token}\", invoice=\"{challenge.Invoice}\"",
                $"{L402Credential.OldScheme} macaroon=\"{challenge.Token}\", invoice=\"{challenge.Invoice}\"",
                balance,
            ]);
        problem.Extensions["msat"] = terms.PriceMsat;
        return TypedResults.Problem(problem);
    }

    private static ProblemDetails ProblemOf(
        PaymentResult result, in PaymentRequest request, Cashier cashier, PaymentTerms terms) => result switch
    {
        PaymentResult.Malformed => Make(StatusCodes.Status401Unauthorized, "bad-credential",
            "Send 'Authorization: L402 <token>:<preimage, 64 hex digits>', or "
            + "'Micro <payer>:<counter, 16 hex digits>:<most msat, 16 hex digits>:<mac, 64 hex digits>'."),
        PaymentResult.Forged => Make(StatusCodes.Status401Unauthorized, "bad-token",
            "The token is not one of this paywall's, or the preimage is not its invoice's: send both as they were "
            + "given, or ask without Authorization for new ones."),
        PaymentResult.BadMac => Make(StatusCodes.Status401Unauthorized, "bad-mac",
            "The code was not made with this payer's key for this request: sign payee, method and target as sent."),
        PaymentResult.Replayed => Make(StatusCodes.Status409Conflict, "counter-replayed",
            "The counter is not greater than the last one: sign again with a greater one."),
        PaymentResult.OwnPage => Make(StatusCodes.Status409Conflict, "own-page",
            "Payer and payee are one account: pay with another."),
        PaymentResult.Busy => Make(StatusCodes.Status503ServiceUnavailable, "busy",
            "The payment cannot be stored now. Try again later, a balance with a greater counter; whether it was "
            + "debited nevertheless is in its statement."),
        PaymentResult.WrongPath => Due("wrong-path", "The token opens another path: pay for this one."),
        PaymentResult.Expired => Due("expired", "The token has expired: pay for another."),
        PaymentResult.UsedUp => Due("used-up", "The token was used as often as it may be: pay for another."),
        PaymentResult.TooLittle => Due("too-little", "It costs more than was paid, or agreed to: pay the price."),
        PaymentResult.InsufficientBalance => Due("insufficient-balance", string.Create(CultureInfo.InvariantCulture,
            $"The balance is {BalanceOf(request, cashier)} msat and it costs {terms.PriceMsat} msat; nothing was "
            + $"debited. Earn more, or pay the invoice.")),
        _ => Due("payment-required", "Pay the invoice and send 'Authorization: L402 <token>:<preimage>', or pay with "
            + "a balance: 'Authorization: Micro …'."),
    };

    private static Int128 BalanceOf(in PaymentRequest request, Cashier cashier) =>
        PaymentCredential.TryParse(request.Authorization, out PaymentCredential payment)
            ? cashier.BalanceOf(payment.Payer) ?? 0
            : 0;

    private static ProblemDetails Due(string reason, string detail) =>
        Make(StatusCodes.Status402PaymentRequired, reason, detail);

    private static ProblemDetails Make(int status, string reason, string detail) => new()
    {
        Type = $"urn:microfirmware:problem:{reason}",
        Title = reason,
        Status = status,
        Detail = detail,
    };
}
