using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Lightning.Addresses;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Paywall.Invoices;
using MicroFirmware.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway.Tests.Payouts;

/// <summary>Payouts and targets by the API of a whole gateway, with a scripted node.</summary>
public sealed class PayoutRouteTests : IAsyncLifetime
{
    private const string Board = "device:board-1";
    private const string TargetPath = "/v1/devices/board-1/target";

    private readonly ScriptedNode _node = new();
    private readonly PayeePage _page = new(TimeProvider.System);
    private readonly TemporaryDirectory _secrets = new();
    private RunningGateway _gateway = null!;
    private HttpClient _owner = null!;
    private HttpClient _stranger = null!;

    public async Task InitializeAsync()
    {
        string credential = Path.Combine(_secrets.Path, "node");
        await File.WriteAllTextAsync(credential, "user:a-secret-of-the-node");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(credential, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _gateway = await RunningGateway.StartAsync(options =>
        {
            options.Payouts.Kind = "electrum";
            options.Payouts.Url = "http://127.0.0.1:9";
            options.Payouts.CredentialFile = credential;
            options.Payouts.ApprovalMsat = 500_000;
        }, extension: new GatewayExtension(services => services
            .AddSingleton<ILightningNode>(_node)
            .AddSingleton(new LnurlPayClient(_page, Uri.UriSchemeHttps)), _ => { }));
        await _gateway.Host.EnrolAsync("board-1", TestStore.Key);
        await _gateway.Host.Room<Journal>().PostAsync(new Posting("tariff:1", 1, "",
            [new Entry(Account.Operator, Account.Device("board-1"), 1_000_000)]));
        _stranger = new HttpClient { BaseAddress = new Uri($"http://{_gateway.Host.HttpEndPoint}") };
        _owner = new HttpClient { BaseAddress = _stranger.BaseAddress };
        _owner.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", _gateway.Host.NewOwnerToken!.Reveal());
    }

    public async Task DisposeAsync()
    {
        _owner.Dispose();
        _stranger.Dispose();
        await _gateway.DisposeAsync();
        _secrets.Dispose();
    }

    [Fact]
    public async Task Owner_sets_a_target_pays_and_finds_the_payout_in_list_and_statement()
    {
        _node.OnPay = () => PaymentOutcome.Success(new byte[32], 250);
        await ExpectAsync(HttpStatusCode.NoContent, await _owner.PutAsJsonAsync(
            $"/v1/accounts/{Board}/target", new { target = PayeePage.Address, thresholdMsat = 5_000 }));

        JsonElement paid = await ExpectAsync(HttpStatusCode.OK,
            await _owner.PostAsJsonAsync("/v1/payouts", new { account = Board, amountMsat = 20_000 }));

        Assert.Equal(("paid", 250), (paid.GetProperty("state").GetString(), paid.GetProperty("feeMsat").GetInt32()));
        JsonElement list = await GetAsync($"/v1/payouts?account={Board}");
        Assert.Equal(paid.GetProperty("id").GetInt64(),
            Assert.Single(list.GetProperty("payouts").EnumerateArray()).GetProperty("id").GetInt64());
        Assert.Equal("979750", (await GetAsync($"/v1/accounts/{Board}")).GetProperty("balance").GetString());
        string csv = await _owner.GetStringAsync($"/v1/accounts/{Board}/entries.csv");
        Assert.Equal(["entry", "4", "2", "1"],
            csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')[0]));
        JsonElement target = Assert.Single((await GetAsync("/v1/payout-targets")).EnumerateArray());
        Assert.Equal((5_000, true), (target.GetProperty("thresholdMsat").GetInt32(),
            target.GetProperty("amountMsat").GetInt64() > 0));
    }

    [Fact]
    public async Task Large_payout_waits_and_is_approved_once()
    {
        JsonElement waiting = await PayAsync(new { account = Board, target = PayeePage.Address, amountMsat = 600_000 });
        Assert.Equal("awaitsApproval", waiting.GetProperty("state").GetString());
        JsonElement figures = (await GetAsync("/v1/stats")).GetProperty("payouts");
        Assert.Equal((1, 1),
            (figures.GetProperty("open").GetInt32(), figures.GetProperty("awaitingApproval").GetInt32()));
        string path = $"/v1/payouts/{waiting.GetProperty("id").GetInt64()}/approve";

        JsonElement paid = await ExpectAsync(HttpStatusCode.OK, await _owner.PostAsync(path, null));
        JsonElement again = await ExpectAsync(HttpStatusCode.Conflict, await _owner.PostAsync(path, null));

        Assert.Equal("paid", paid.GetProperty("state").GetString());
        Assert.Equal("not-waiting", again.GetProperty("title").GetString());
        Assert.Equal([600_000L], _node.Sent);
    }

    [Fact]
    public async Task Trial_says_what_would_be_and_sends_nothing()
    {
        JsonElement trial = await PayAsync(new { account = Board, target = PayeePage.Address, dryRun = true });

        Assert.Equal("trial", trial.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, trial.GetProperty("id").ValueKind);
        Assert.Empty(_node.Sent);
    }

    [Theory]
    [InlineData("""{"account":"device:board-1"}""", HttpStatusCode.Conflict, "no-target")]
    [InlineData("""{"account":"device:board-9","target":"a@example.com"}""", HttpStatusCode.NotFound,
        "no-such-account")]
    [InlineData("""{"account":"device:board-1","target":"alice"}""", HttpStatusCode.BadRequest, "bad-target")]
    [InlineData("""{"account":"device:board-1","amountMsat":0}""", HttpStatusCode.BadRequest, "bad-parameter")]
    [InlineData("""{"account":"device:board-1","target":"a@example.com","amountMsat":1}""", HttpStatusCode.Conflict,
        "not-payable")]
    public async Task Pay_what_cannot_be_paid_is_a_problem_that_names_its_reason(
        string json, HttpStatusCode status, string title)
    {
        using StringContent body = new(json, new MediaTypeHeaderValue("application/json"));

        JsonElement problem = await ExpectAsync(status, await _owner.PostAsync("/v1/payouts", body));

        Assert.Equal(title, problem.GetProperty("title").GetString());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Stranger_neither_pays_nor_sets_a_target()
    {
        object order = new { account = Board, target = PayeePage.Address };

        await ExpectAsync(HttpStatusCode.Unauthorized, await _stranger.PostAsJsonAsync("/v1/payouts", order));
        await ExpectAsync(HttpStatusCode.Unauthorized,
            await _stranger.PutAsJsonAsync($"/v1/accounts/{Board}/target", order));
        await ExpectAsync(HttpStatusCode.Unauthorized, await _stranger.PutAsJsonAsync(TargetPath, order));
        Assert.Empty((await GetAsync("/v1/payout-targets")).EnumerateArray());
    }

    [Fact]
    public async Task Boards_holder_sets_its_target_with_the_boards_key_once()
    {
        string proof = Proof(1, PayeePage.Address, 9_000);

        await ExpectAsync(HttpStatusCode.NoContent, await PutOwnAsync(proof, PayeePage.Address, 9_000));
        JsonElement replayed = await ExpectAsync(
            HttpStatusCode.Conflict, await PutOwnAsync(proof, PayeePage.Address, 9_000));

        Assert.Equal("counter-replayed", replayed.GetProperty("title").GetString());
        JsonElement target = Assert.Single((await GetAsync("/v1/payout-targets")).EnumerateArray());
        Assert.Equal((Board, "holder", 9_000), (target.GetProperty("account").GetString(),
            target.GetProperty("setBy").GetString(), target.GetProperty("thresholdMsat").GetInt32()));
    }

    [Theory]
    [InlineData("mallory@example.com", 9_000)]
    [InlineData(PayeePage.Address, 9_001)]
    public async Task Boards_proof_is_good_for_nothing_else(string target, long threshold)
    {
        JsonElement problem = await ExpectAsync(HttpStatusCode.Unauthorized,
            await PutOwnAsync(Proof(1, PayeePage.Address, 9_000), target, threshold));

        Assert.Equal("bad-mac", problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Paywall_asks_for_invoices_of_the_node_and_takes_none_that_asks_for_less()
    {
        _node.OnRequest = msat => _page.Invoice((msat + 999) / 1_000 * 1_000);
        IInvoiceIssuer issuer = _gateway.Host.Room<IInvoiceIssuer>();

        IssuedInvoice? rounded = await issuer.IssueAsync(50, "a page", TimeSpan.FromHours(1), default);
        _node.OnRequest = msat => _page.Invoice(msat - 1);
        IssuedInvoice? less = await issuer.IssueAsync(50, "a page", TimeSpan.FromHours(1), default);

        Assert.Equal(1_000, rounded!.AmountMsat);
        Assert.Null(less);
    }

    [Fact]
    public async Task Tariff_says_rule_and_block()
    {
        JsonElement tariff = await GetAsync("/v1/tariff");

        Assert.Equal("owner", tariff.GetProperty("rule").GetString());
        Assert.Equal("5000000000000", tariff.GetProperty("blockRewardMsat").GetString());
    }

    private static string Proof(ulong counter, string target, ulong threshold) => PaymentCredential.Create(
        "board-1", counter, threshold, "target:" + target, "PUT", TargetPath, TestStore.Key).ToHttp();

    private async Task<HttpResponseMessage> PutOwnAsync(string proof, string target, long threshold)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, TargetPath)
        {
            Content = JsonContent.Create(new { target, thresholdMsat = threshold }),
        };
        request.Headers.TryAddWithoutValidation("Authorization", proof);
        return await _stranger.SendAsync(request);
    }

    private async Task<JsonElement> PayAsync(object order) =>
        await ExpectAsync(HttpStatusCode.OK, await _owner.PostAsJsonAsync("/v1/payouts", order));

    private Task<JsonElement> GetAsync(string path) => _owner.GetFromJsonAsync<JsonElement>(path);

    private static async Task<JsonElement> ExpectAsync(HttpStatusCode status, HttpResponseMessage answer)
    {
        using (answer)
        {
            string body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {body}");
            return body.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(body) : default;
        }
    }
}
