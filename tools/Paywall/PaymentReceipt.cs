using System.Globalization;
using MicroFirmware.Paywall.Tokens;
using MicroFirmware.Protocol;

namespace MicroFirmware.Paywall;

/// <summary>Which payment a request was admitted with: for pages that give back what they could not deliver.</summary>
/// <param name="Key">The key under which it is booked.</param>
/// <param name="Payer">Who paid with a balance; null for a payment by Lightning.</param>
/// <param name="Msat">What was paid by Lightning; null for a balance, which pays the price.</param>
public sealed record PaymentReceipt(string Key, string? Payer, long? Msat)
{
    /// <summary>The receipt of a request that the cashier has admitted.</summary>
    /// <param name="authorization">The value of its header field.</param>
    /// <returns>Null where it is not a credential of ours.</returns>
    public static PaymentReceipt? Of(string authorization)
    {
        if (PaymentCredential.TryParse(authorization, out PaymentCredential payment))
        {
            return new PaymentReceipt(KeyOf(payment), payment.Payer, null);
        }

        return L402Credential.TryParse(authorization, out L402Credential? token)
            && TokenLimits.TryRead(token!.Token, out TokenLimits? limits)
                ? new PaymentReceipt(KeyOf(TokenIdentifier.PaymentHashOf(token.Token.Identifier)), null,
                    limits!.MintedMsat)
                : null;
    }

    /// <summary>The key of a payment with a balance.</summary>
    internal static string KeyOf(PaymentCredential payment) =>
        string.Create(CultureInfo.InvariantCulture, $"pay:{payment.Payer}:{payment.Counter:x16}");

    /// <summary>The key of a payment by Lightning.</summary>
    internal static string KeyOf(ReadOnlySpan<byte> paymentHash) => $"l402:{Convert.ToHexStringLower(paymentHash)}";
}
