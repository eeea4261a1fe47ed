using MicroFirmware.Lightning.Addresses;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>Where a balance is paid to.</summary>
/// <param name="Text">As it was written, without spaces around it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Page">The page; null for other kinds.</param>
/// <param name="Invoice">The invoice; null for other kinds.</param>
internal sealed record PayoutTarget(string Text, TargetKind Kind, PayTarget? Page, Bolt11Invoice? Invoice)
{
    /// <summary>What a target may be, for people.</summary>
    public const string Forms = "a Lightning address (name@domain), an LNURL, a BOLT 11 invoice that names its amount, "
        + "or a node's key (66 hexadecimal digits)";

    private const int NodeKeyDigits = 66;

    /// <summary>Reads a target.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="chain">Whose invoices are paid.</param>
    /// <param name="target">The target; null where there is none.</param>
    /// <param name="problem">Why not, for people; empty where it was read.</param>
    public static bool TryParse(string text, string chain, out PayoutTarget? target, out string problem)
    {
        string clean = text.Trim();
        problem = "";
        if (PayTarget.TryParse(clean, out PayTarget? page))
        {
            target = new PayoutTarget(clean, TargetKind.Page, page, null);
        }
        else if (IsNodeKey(clean))
        {
            target = new PayoutTarget(clean.ToLowerInvariant(), TargetKind.Node, null, null);
        }
        else
        {
            bool isInvoice = Bolt11Reader.TryRead(clean, out Bolt11Invoice? invoice, out string reason);
            problem = !isInvoice ? clean.StartsWith("ln", StringComparison.OrdinalIgnoreCase)
                    ? $"The invoice cannot be read: {reason}."
                    : $"The target is none: write {Forms}."
                : invoice!.Prefix != chain ? $"The invoice is not for the chain {chain}."
                : invoice.AmountMsat is null ? "The invoice names no amount: ask for one that does."
                : "";
            target = problem.Length == 0 ? new PayoutTarget(clean, TargetKind.Invoice, null, invoice) : null;
        }

        return target is not null;
    }

    private static bool IsNodeKey(string text) =>
        text.Length == NodeKeyDigits && text[0] == '0' && (text[1] is '2' or '3') && text.All(char.IsAsciiHexDigit);
}
