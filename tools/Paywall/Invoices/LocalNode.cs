using System.Security.Cryptography;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Paywall.Invoices;

/// <summary>
/// A stand-in for a Lightning node, for demos and tests: its invoices are real ones for regtest, signed with a key of
/// its own, but it has no channel, and <see cref="Pay"/> moves no money. It keeps nothing: an invoice's preimage
/// follows from its payment secret. Safe for use by many threads.
/// </summary>
public sealed class LocalNode : IInvoiceIssuer
{
    private const string Prefix = "bcrt";
    private const int SecretSize = 32;

    // Onion, payment secret (BOLT 9): what every payer needs to know.
    private const int OnionRequired = 8;
    private const int PaymentSecretRequired = 14;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SecretSize);
    private readonly TimeProvider _time;

    /// <summary>A node with a new key.</summary>
    /// <param name="time">Dates its invoices.</param>
    public LocalNode(TimeProvider time)
    {
        _time = time;

        // The curve's order is a little below 2^256.
        _key[0] &= 0x7f;
    }

    /// <inheritdoc/>
    public Task<IssuedInvoice?> IssueAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(SecretSize);
        byte[] hash = SHA256.HashData(PreimageOf(secret));
        Bolt11Field[] fields =
        [
            Bolt11Field.PaymentHash(hash),
            Bolt11Field.PaymentSecret(secret),
            Bolt11Field.Description(description),
            Bolt11Field.Expiry(expiry),
            Bolt11Field.Features(OnionRequired, PaymentSecretRequired),
        ];
        string text = Bolt11Writer.Write(Prefix, amountMsat, _time.GetUtcNow().ToUnixTimeSeconds(), fields, _key);
        return Task.FromResult<IssuedInvoice?>(new IssuedInvoice(text, hash, amountMsat));
    }

    /// <summary>Plays the payer.</summary>
    /// <param name="invoice">One of this node's.</param>
    /// <returns>The preimage; null where the invoice is not this node's, or has expired.</returns>
    public byte[]? Pay(string invoice)
    {
        if (!Bolt11Reader.TryRead(invoice, out Bolt11Invoice? read, out _)
            || read!.ExpiresUnixSeconds < _time.GetUtcNow().ToUnixTimeSeconds())
        {
            return null;
        }

        byte[] preimage = PreimageOf(read.PaymentSecret);
        return SHA256.HashData(preimage).AsSpan().SequenceEqual(read.PaymentHash) ? preimage : null;
    }

    private byte[] PreimageOf(byte[] secret) => HMACSHA256.HashData(_key, secret);
}
