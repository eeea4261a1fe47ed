using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MicroFirmware.Lightning.Addresses;
using MicroFirmware.Lightning.Invoices;
using MicroFirmware.Lightning.Tests.Invoices;

namespace MicroFirmware.Lightning.Tests.Addresses;

public sealed class LnurlPayClientTests : IDisposable
{
    private const string Metadata = "[[\"text/plain\",\"Für dich\"],[\"text/identifier\",\"me@example.com\"]]";

    private readonly Service _service = new();
    private readonly LnurlPayClient _client;

    public LnurlPayClientTests() => _client = new LnurlPayClient(_service, Uri.UriSchemeHttps);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Request_amount_within_limits_gives_an_invoice_that_was_checked()
    {
        (PayOffer? offer, string problem) = await AskAsync();
        Assert.Equal("", problem);
        Assert.Equal((1_000L, 5_000_000L, Metadata), (offer!.MinMsat, offer.MaxMsat, offer.Metadata));

        (string? invoice, problem) = await _client.RequestAsync(offer, 21_000, "bc", default);

        Assert.Equal("", problem);
        Assert.Equal(_service.Invoice, invoice);
        Assert.Equal("https://example.com/cb?id=7&amount=21000", _service.Asked[^1]);
    }

    [Theory]
    [InlineData("{\"tag\":\"withdrawRequest\"}", "not for payments")]
    [InlineData("{\"status\":\"ERROR\",\"reason\":\"no such user\"}", "example.com says: no such user")]
    [InlineData("[]", "something else")]
    [InlineData("<html>", "does not answer as it should")]
    [InlineData("{\"tag\":\"\\ud800\"}", "does not answer as it should")]
    [InlineData("{\"tag\":\"payRequest\",\"callback\":\"https://e.com/\",\"minSendable\":1,\"maxSendable\":4,"
        + "\"metadata\":\"[[\\\"\\\\ud800\\\",\\\"x\\\"]]\"}", "limits or its description")]
    [InlineData("{\"tag\":\"payRequest\",\"callback\":\"http://example.com/cb\"}", "no address that may be asked")]
    [InlineData("{\"tag\":\"payRequest\",\"callback\":\"file:///etc/passwd\"}", "no address that may be asked")]
    [InlineData("{\"tag\":\"payRequest\",\"callback\":\"https://a:b@example.com/\"}", "no address that may be asked")]
    [InlineData("{\"tag\":\"payRequest\",\"callback\":\"https://e.com/\",\"minSendable\":5,\"maxSendable\":4}",
        "limits")]
    [InlineData("{\"tag\":\"payRequest\",\"callback\":\"https://e.com/\",\"minSendable\":1,\"maxSendable\":4,"
        + "\"metadata\":\"[[\\\"text/html\\\",\\\"x\\\"]]\"}", "limits or its description")]
    public async Task Ask_page_that_is_not_right_says_why(string page, string reason)
    {
        _service.Page = page;

        (PayOffer? offer, string problem) = await AskAsync();

        Assert.Null(offer);
        Assert.Contains(reason, problem);
    }

    [Fact]
    public async Task Ask_answer_with_an_error_status_still_counts()
    {
        _service.Status = HttpStatusCode.InternalServerError;

        Assert.NotNull((await AskAsync()).Offer);
    }

    [Fact]
    public async Task Ask_answer_in_an_alphabet_that_is_none_is_read_as_json_is()
    {
        _service.Charset = "nonsense";

        Assert.NotNull((await AskAsync()).Offer);
    }

    [Fact]
    public async Task Ask_endless_answer_is_cut_off()
    {
        _service.Page = new string(' ', 100_000) + "{}";

        Assert.Contains("does not answer as it should", (await AskAsync()).Problem);
    }

    public static TheoryData<string, string> WrongInvoices => new()
    {
        { "another amount", MakeInvoice(20_999, "bc", Metadata) },
        { "another chain", MakeInvoice(21_000, "tb", Metadata) },
        { "not for what its page says", MakeInvoice(21_000, "bc", Metadata + " ") },
        { "cannot be read", "lnbc1nonsense" },
        { "cannot be read", "" },
    };

    [Theory]
    [MemberData(nameof(WrongInvoices))]
    public async Task Request_invoice_that_was_not_asked_for_is_refused(string reason, string invoice)
    {
        _service.Invoice = invoice;
        PayOffer offer = (await AskAsync()).Offer!;

        (string? given, string problem) = await _client.RequestAsync(offer, 21_000, "bc", default);

        Assert.Null(given);
        Assert.Contains(reason, problem);
    }

    [Theory]
    [InlineData(999)]
    [InlineData(5_000_001)]
    public async Task Request_amount_out_of_limits_asks_nobody(long amount)
    {
        PayOffer offer = (await AskAsync()).Offer!;
        int asked = _service.Asked.Count;

        Assert.Contains("1000 to 5000000", (await _client.RequestAsync(offer, amount, "bc", default)).Problem);
        Assert.Equal(asked, _service.Asked.Count);
    }

    private Task<(PayOffer? Offer, string Problem)> AskAsync()
    {
        Assert.True(PayTarget.TryParse("me@example.com", out PayTarget? target));
        return _client.AskAsync(target!, default);
    }

    private static string MakeInvoice(long amount, string prefix, string metadata)
    {
        byte[] hash = SHA256.HashData("preimage"u8);
        return Bolt11Writer.Write(prefix, amount, 1_800_000_000,
        [
            Bolt11Field.PaymentHash(hash), Bolt11Field.PaymentSecret(hash),
            Bolt11Field.DescriptionHash(SHA256.HashData(Encoding.UTF8.GetBytes(metadata))),
        ], Bolt11Vectors.Key);
    }

    /// <summary>A payee's service.</summary>
    private sealed class Service : HttpMessageHandler
    {
        public string Page { get; set; } = JsonSerializer.Serialize(new
        {
            tag = "payRequest",
            callback = "https://example.com/cb?id=7",
            minSendable = 1_000,
            maxSendable = 5_000_000,
            metadata = Metadata,
        });

        public string Invoice { get; set; } = MakeInvoice(21_000, "bc", Metadata);

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public string Charset { get; set; } = "utf-8";

        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            Asked.Add(request.RequestUri!.AbsoluteUri);
            string body = request.RequestUri.AbsolutePath == "/cb"
                ? JsonSerializer.Serialize(new { pr = Invoice, routes = Array.Empty<string>() })
                : Page;
            StringContent content = new(body);
            content.Headers.ContentType!.CharSet = Charset;
            return Task.FromResult(new HttpResponseMessage(Status) { Content = content });
        }
    }
}
