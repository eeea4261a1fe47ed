using System.Security.Cryptography;
using MicroFirmware.Lightning.Addresses;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>From a target and an amount to something that a node can pay.</summary>
internal sealed class InvoiceDesk(LnurlPayClient pages)
{
    private const long MsatPerSatoshi = 1_000;
    private const int SecretSize = 32;

    /// <summary>Something that a node can pay.</summary>
    /// <param name="Invoice">An invoice; null where a key is paid.</param>
    /// <param name="Keysend">A payment to a key; null where an invoice is paid.</param>
    /// <param name="AmountMsat">How much.</param>
    /// <param name="Hash">The payment's hash, 64 hexadecimal digits.</param>
    public sealed record Order(string? Invoice, Keysend? Keysend, long AmountMsat, string Hash);

    /// <summary>The largest whole number of satoshi: payees count in them.</summary>
    public static long WholeSatoshi(long msat) => msat - (msat % MsatPerSatoshi);

    /// <summary>Makes an order.</summary>
    /// <param name="target">Who is paid.</param>
    /// <param name="amountMsat">How much; less where the payee takes no more at a time.</param>
    /// <param name="chain">Whose invoices are paid.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The order, or why there is none.</returns>
    public async Task<(Order? Order, string Problem)> MakeAsync(
        PayoutTarget target, long amountMsat, string chain, CancellationToken cancel)
    {
        switch (target.Kind)
        {
            case TargetKind.Invoice:
                return (OrderOf(target.Text, target.Invoice!), "");
            case TargetKind.Node:
                Keysend payment = new(
                    Convert.FromHexString(target.Text), amountMsat, RandomNumberGenerator.GetBytes(SecretSize));
                return (new Order(null, payment, amountMsat, Convert.ToHexStringLower(payment.Hash)), "");
            default:
                return await AskAsync(target.Page!, amountMsat, chain, cancel);
        }
    }

    private async Task<(Order? Order, string Problem)> AskAsync(
        PayTarget page, long amountMsat, string chain, CancellationToken cancel)
    {
        (PayOffer? offer, string problem) = await pages.AskAsync(page, cancel);
        if (offer is null)
        {
            return (null, problem);
        }

        long amount = amountMsat > offer.MaxMsat ? WholeSatoshi(offer.MaxMsat) : amountMsat;
        (string? text, problem) = await pages.RequestAsync(offer, amount, chain, cancel);
        return text is not null && Bolt11Reader.TryRead(text, out Bolt11Invoice? invoice, out problem)
            ? (OrderOf(text, invoice!), "")
            : (null, problem);
    }

    private static Order OrderOf(string text, Bolt11Invoice invoice) =>
        new(text, null, invoice.AmountMsat!.Value, Convert.ToHexStringLower(invoice.PaymentHash));
}
