using System.Net.Http.Headers;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Lightning.Backends;

/// <summary>
/// The rule that the nodes with a REST interface share: a payment has failed only when two answers of the node say so,
/// the one to the call that sent it, which thereby is at its end, and the one to the question for its hash. One answer
/// that is missing, late, broken or new to us leaves it unknown.
/// <code>
/// call \ hash    settled     failed      anything else
/// failed         succeeded   failed      unknown
/// anything else  succeeded   unknown     unknown
/// </code>
/// </summary>
public abstract class RestBackend : ILightningNode
{
    private const long MsatPerSatoshi = 1_000;

    private protected RestBackend(Uri url, HttpMessageHandler handler, Action<HttpRequestHeaders> login) =>
        Http = new NodeHttp(url, handler, login);

    /// <inheritdoc/>
    public abstract string Name { get; }

    private protected NodeHttp Http { get; }

    /// <inheritdoc/>
    public async Task<PaymentOutcome> PayAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel)
    {
        string? refusal = await SendAsync(text, invoice, feeLimitMsat, patience, cancel);
        return Weigh(refusal, await FindAsync(invoice.PaymentHash, cancel));
    }

    /// <inheritdoc/>
    public abstract Task<PaymentOutcome> FindAsync(byte[] paymentHash, CancellationToken cancel);

    /// <inheritdoc/>
    public abstract Task<string?> RequestAsync(
        long amountMsat, string description, TimeSpan expiry, CancellationToken cancel);

    /// <summary>Closes its connections.</summary>
    public void Dispose()
    {
        Http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends a payment and waits for what the node says to it.</summary>
    /// <returns>The node's word that it failed, which also ends the call; null for anything else.</returns>
    private protected abstract Task<string?> SendAsync(
        string text, Bolt11Invoice invoice, long feeLimitMsat, TimeSpan patience, CancellationToken cancel);

    private protected static PaymentOutcome Weigh(string? refusal, PaymentOutcome found) =>
        found.State != PaymentState.Failed ? found
            : refusal is null ? PaymentOutcome.Open("the node does not know it yet, and did not refuse it")
            : PaymentOutcome.Failure(refusal);

    private protected static string? TextOrNull(string text) => text.Length > 0 ? text : null;

    private protected static long WholeSatoshi(long amountMsat) =>
        (amountMsat / MsatPerSatoshi) + (amountMsat % MsatPerSatoshi > 0 ? 1 : 0);
}
