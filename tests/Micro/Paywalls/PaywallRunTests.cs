using System.Net;
using System.Text;
using System.Threading.Channels;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Micro.Paywalls;
using MicroFirmware.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace MicroFirmware.Micro.Tests.Paywalls;

public sealed class PaywallRunTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("paywall-command-").FullName;
    private readonly LineWriter _output = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Paywall_lets_a_board_read_for_what_it_has_earned_and_says_what_the_site_got()
    {
        byte[] key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        string keys = Path.Combine(_folder, "boards.keys");
        await File.WriteAllTextAsync(keys, $"board-1 {Convert.ToHexStringLower(key)}\n");
        await EarnAsync("board-1", 70);
        await using WebApplication site = await ServeAsync();
        using CancellationTokenSource stop = new();
        PaywallOptions options = new(new Uri(site.Urls.Single()), 50, new IPEndPoint(IPAddress.Loopback, 0), _folder,
            "news", CoversSite: false, Uses: null, TimeSpan.FromHours(1), keys, HasStandIn: true);

        Task<int> running = PaywallRun.RunAsync(options, new Terminal(_output, _output, false, false), stop.Token);
        string ready = await _output.ReadAsync().WaitAsync(s_deadline);
        using HttpClient http = new() { BaseAddress = new Uri(ready.Split(' ')[2]), Timeout = s_deadline };
        using HttpResponseMessage asked = await http.GetAsync("/page");
        using HttpRequestMessage request = new(HttpMethod.Get, "/page");
        request.Headers.TryAddWithoutValidation("Authorization",
            PaymentCredential.Create("board-1", 1, 50, "site:news", "GET", "/page", key).ToHttp());
        using HttpResponseMessage bought = await http.SendAsync(request);
        await stop.CancelAsync();

        Assert.Equal(HttpStatusCode.PaymentRequired, asked.StatusCode);
        Assert.Equal(3, asked.Headers.GetValues("WWW-Authenticate").Count());
        Assert.Equal("the page", await bought.Content.ReadAsStringAsync());
        Assert.Equal((int)ExitCode.Success, await running.WaitAsync(s_deadline));
        Assert.EndsWith("site:news has 50 msat", _output.Last);
    }

    [Fact]
    public async Task Paywall_that_nobody_could_pay_names_the_next_step()
    {
        PaywallOptions options = new(new Uri("http://127.0.0.1:1"), 50, new IPEndPoint(IPAddress.Loopback, 0), _folder,
            "news", CoversSite: false, Uses: null, TimeSpan.FromHours(1), Payers: null, HasStandIn: false);

        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(() =>
            PaywallRun.RunAsync(options, new Terminal(_output, _output, false, false), CancellationToken.None));

        Assert.Equal(ExitCode.Configuration, failure.ExitCode);
        Assert.Contains("--payers", failure.NextStep);
    }

    [Fact]
    public void Folder_in_use_is_refused_and_keeps_its_secret()
    {
        string secret = Path.Combine(_folder, "paywall.secret");
        using (PaywallFolder first = PaywallFolder.Open(_folder, TimeProvider.System))
        {
            Assert.Throws<CommandFailure>(() => PaywallFolder.Open(_folder, TimeProvider.System));
        }

        byte[] before = File.ReadAllBytes(secret);
        PaywallFolder.Open(_folder, TimeProvider.System).Dispose();
        Assert.Equal(before, File.ReadAllBytes(secret));
        Assert.Equal(32, before.Length);
    }

    [Theory]
    [InlineData("50msat", 50)]
    [InlineData("2sat", 2_000)]
    [InlineData("0msat", 0)]
    [InlineData("-1sat", 0)]
    [InlineData("1.5sat", 0)]
    [InlineData("50", 0)]
    [InlineData("sat", 0)]
    [InlineData("9999999999999999sat", 0)]
    public void Amount_is_a_whole_number_with_its_unit(string text, long msat)
    {
        Assert.Equal(msat > 0, MsatText.TryParse(text, out long read));
        Assert.Equal(msat, read);
    }

    private async Task EarnAsync(string board, long msat)
    {
        using Journal journal = Journal.Open(() => SqliteLedgerStore.Open(Path.Combine(_folder, "ledger.db")));
        await journal.PostAsync(new Posting("block:1", 1, "", [new Entry(Account.Chain, Account.Device(board), msat)]));
    }

    private static async Task<WebApplication> ServeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication site = builder.Build();
        site.MapGet("/page", () => "the page");
        await site.StartAsync();
        return site;
    }

    /// <summary>What a command prints, a line at a time.</summary>
    private sealed class LineWriter : TextWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public string Last { get; private set; } = "";

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            Last = value!;
            _lines.Writer.TryWrite(value!);
        }

        public Task<string> ReadAsync() => _lines.Reader.ReadAsync().AsTask();
    }
}
