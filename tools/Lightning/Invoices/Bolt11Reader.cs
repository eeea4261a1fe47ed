using System.Security.Cryptography;
using System.Text;
using MicroFirmware.Bitcoin;
using MicroFirmware.Lightning.Keys;

namespace MicroFirmware.Lightning.Invoices;

/// <summary>Reads invoices, and refuses what BOLT 11 tells a reader to refuse.</summary>
/// <remarks>
/// Not here: whether the invoice has expired, or is for the chain that is wanted; that is the payer's question.
/// <code>
/// ln PREFIX AMOUNT 1 | time (7 groups) | fields | signature (103 groups), recovery id (1 group) | check (6 groups)
/// </code>
/// </remarks>
public static class Bolt11Reader
{
    /// <summary>Characters of the longest invoice that is read: many times what any wallet writes.</summary>
    public const int MaxLength = 8_192;

    internal const int TimeGroups = 7;
    internal const int SignatureGroups = 104;

    private const string Lead = "ln";

    // bcrt before bc, and tbs before tb: the longer one first.
    private static readonly string[] s_prefixes = ["bcrt", "bc", "tbs", "tb", "sb"];

    // The even bits that a payer who hands the invoice to a node need not know more about (BOLT 9): onion, payment
    // secret, several parts, metadata.
    private static readonly int[] s_knownFeatures = [8, 14, 16, 48];

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads an invoice.</summary>
    /// <param name="text">The invoice, in one case.</param>
    /// <param name="invoice">The invoice; null where it is refused.</param>
    /// <param name="problem">Why it is refused, for people; empty where it is not.</param>
    public static bool TryRead(string text, out Bolt11Invoice? invoice, out string problem)
    {
        invoice = null;
        if (!Bech32.TryDecodeGroups(text, MaxLength, out string hrp, out byte[] groups))
        {
            problem = "it is no bech32 text, or a character of it is wrong";
            return false;
        }

        string? prefix = hrp.StartsWith(Lead, StringComparison.Ordinal)
            ? Array.Find(s_prefixes, p => hrp.AsSpan(Lead.Length).StartsWith(p))
            : null;
        long? amount = null;
        string amountText = prefix is null ? "" : hrp[(Lead.Length + prefix.Length)..];
        problem = prefix is null ? "its prefix names no chain that is known"
            : amountText.Length > 0 && !TryReadAmount(amountText, out amount) ? $"'{amountText}' is no amount"
            : groups.Length < TimeGroups + SignatureGroups ? "it is too short"
            : "";
        return problem.Length == 0 && TryRead(hrp, prefix!, amount, groups, out invoice, out problem);
    }

    internal static string? TextOf(Bolt11Field field)
    {
        try
        {
            return field.ToOctets() is { } octets ? s_strict.GetString(octets) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool TryReadAmount(string text, out long? amount)
    {
        bool good = Bolt11Amount.TryRead(text, out long msat);
        amount = msat;
        return good;
    }

    private static bool TryRead(
        string hrp, string prefix, long? amount, byte[] groups, out Bolt11Invoice? invoice, out string problem)
    {
        invoice = null;
        byte[] signed = groups[..^SignatureGroups];
        byte[]? signature = BitGroups.Regroup(groups.AsSpan(^SignatureGroups..), 5, 8, pad: false);
        if (!TryReadFields(signed, out List<Bolt11Field> fields))
        {
            problem = "a field is longer than the invoice";
            return false;
        }

        long time = new Bolt11Field('t', signed[..TimeGroups]).ToNumber()!.Value;
        invoice = new Bolt11Invoice(prefix, amount, time, fields, [], signature![..^1], signature[^1]);
        problem = ProblemOf(invoice);
        if (problem.Length == 0)
        {
            byte[]? payee = PayeeOf(invoice, DigestOf(hrp, signed));
            problem = payee is null ? "its signature is not the payee's" : "";
            invoice = invoice with { PayeeKey = payee ?? [] };
        }

        invoice = problem.Length == 0 ? invoice : null;
        return invoice is not null;
    }

    /// <summary>What is signed: the prefix and all groups before the signature, filled up to whole octets.</summary>
    internal static byte[] DigestOf(string hrp, ReadOnlySpan<byte> signed) =>
        SHA256.HashData([.. Encoding.ASCII.GetBytes(hrp), .. BitGroups.Regroup(signed, 5, 8, pad: true)!]);

    private static bool TryReadFields(ReadOnlySpan<byte> groups, out List<Bolt11Field> fields)
    {
        fields = [];
        ReadOnlySpan<byte> rest = groups[TimeGroups..];
        while (!rest.IsEmpty)
        {
            int length = rest.Length < 3 ? int.MaxValue : (rest[1] << 5) | rest[2];
            if (length > rest.Length - 3)
            {
                return false;
            }

            fields.Add(new Bolt11Field(BitGroups.ToText([rest[0]])[0], rest.Slice(3, length).ToArray()));
            rest = rest[(3 + length)..];
        }

        return true;
    }

    private static string ProblemOf(Bolt11Invoice invoice)
    {
        if (invoice.Find('p', Bolt11Invoice.HashGroups)?.ToOctets() is null)
        {
            return "it has no payment hash";
        }

        if (invoice.Find('s', Bolt11Invoice.HashGroups)?.ToOctets() is null)
        {
            return "it has no payment secret";
        }

        if (invoice.Find('d') is { } description ? TextOf(description) is null : invoice.DescriptionHash is null)
        {
            return "it does not say what it is for";
        }

        int? unknown = invoice.Features.Where(bit => bit % 2 == 0 && !s_knownFeatures.Contains(bit))
            .Select(bit => (int?)bit).FirstOrDefault();
        return unknown is null ? "" : $"it needs feature {unknown}, which is not known";
    }

    /// <summary>The key that is named, if the signature is its own, or the one that the signature leads to.</summary>
    private static byte[]? PayeeOf(Bolt11Invoice invoice, byte[] digest)
    {
        if (invoice.Find('n', Bolt11Invoice.KeyGroups)?.ToOctets() is { } named)
        {
            return Secp256k1.IsLowS(invoice.Signature) && Secp256k1.Verify(digest, invoice.Signature, named)
                ? named
                : null;
        }

        return Secp256k1.TryRecover(digest, invoice.Signature, invoice.RecoveryId, out byte[] key) ? key : null;
    }
}
