namespace MicroFirmware.Gateway.Shares;

/// <summary>
/// Where judged shares become durable: this process's database, or, for several edges with one ledger, a queue that an
/// idempotent consumer empties into theirs.
/// </summary>
internal interface IShareSink
{
    /// <summary>False while so many wait that no more should be judged: they must not be acknowledged.</summary>
    bool HasRoom { get; }

    /// <summary>Hands a share over. Sooner or later one of its <see cref="JudgedShare.Settle"/> and
    /// <see cref="JudgedShare.Abandon"/> is called, on any thread, in the order in which shares were handed over.
    /// </summary>
    void Append(JudgedShare share);

    /// <summary>Counts a message that is no share of this device, so that nothing can be stored under its sequence
    /// number; its receipt is given once the count is durable.</summary>
    void Append(RefusedMessage message);
}
