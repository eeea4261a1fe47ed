namespace MicroFirmware.Gateway.Payouts;

/// <summary>What a payout target is.</summary>
internal enum TargetKind
{
    /// <summary>A BOLT 11 invoice: it names its amount and is paid once.</summary>
    Invoice,

    /// <summary>A Lightning address or an LNURL: a page that gives invoices.</summary>
    Page,

    /// <summary>A node's key: paid without an invoice (keysend), where the gateway's node can.</summary>
    Node,
}
