using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MicroFirmware.Lightning.Invoices;

namespace MicroFirmware.Gateway.Tests.Payouts;

/// <summary>The other side of a Lightning address (LUD-06, LUD-16), without a network: its invoices are real ones.
/// </summary>
internal sealed class PayeePage(TimeProvider time) : HttpMessageHandler
{
    public const string Address = "alice@example.com";

    private const string Metadata = """[["text/plain","For Alice"]]""";

    // BOLT 11's own example key.
    private static readonly byte[] s_key =
        Convert.FromHexString("e126f68f7eafcc8b74f54d269fe206be715000f94dac067d1c04a8ca3b2db734");

    private int _invoices;

    public long MaxMsat { get; set; } = 1_000_000_000;

    public string? Error { get; set; }

    /// <summary>Called with every request.</summary>
    public Action Asked { get; set; } = () => { };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        Asked();
        Uri url = request.RequestUri!;
        object answer = Error is { } reason ? new { status = "ERROR", reason }
            : url.AbsolutePath.StartsWith("/.well-known/", StringComparison.Ordinal)
                ? new
                {
                    tag = "payRequest",
                    callback = "https://example.com/pay",
                    minSendable = 1_000,
                    maxSendable = MaxMsat,
                    metadata = Metadata,
                }
            : new { pr = Invoice(long.Parse(url.Query["?amount=".Length..])) };
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(JsonSerializer.Serialize(answer)),
        });
    }

    /// <summary>An invoice of the payee, each with a hash of its own.</summary>
    public string Invoice(long amountMsat, string chain = "bc")
    {
        byte[] hash = SHA256.HashData(BitConverter.GetBytes(Interlocked.Increment(ref _invoices)));
        return Bolt11Writer.Write(chain, amountMsat, time.GetUtcNow().ToUnixTimeSeconds(),
        [
            Bolt11Field.PaymentHash(hash),
            Bolt11Field.PaymentSecret(hash),
            Bolt11Field.DescriptionHash(SHA256.HashData(Encoding.UTF8.GetBytes(Metadata))),
        ], s_key);
    }
}
