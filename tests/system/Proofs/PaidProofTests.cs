using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Protocol;

namespace MicroFirmware.System.Tests.Proofs;

/// <summary>
/// A customer with a mined balance, a gateway on real sockets, boards with the firmware, proofs of the main chain. What
/// the customer gets is checked here with the platform's own hashes and signatures, not with what made it.
/// </summary>
public sealed class PaidProofTests : IAsyncLifetime
{
    private const string Path = "/v1/proofs";
    private const long PriceMsat = 1_000;
    private const int Boards = 5;

    private static readonly byte[] s_customerKey = [.. Enumerable.Range(7, 32).Select(i => (byte)i)];

    private readonly HttpClient _http = new();
    private readonly List<BoardIdentity> _boards = [];
    private Rig? _rig;
    private ulong _counter;

    private Journal Ledger => _rig!.Gateway.Room<Journal>();

    private Uri Base => new($"http://{_rig!.Gateway.HttpEndPoint}");

    private static JsonNode Payment => MainChainFile.Proof(0);

    public async Task InitializeAsync()
    {
        _rig = await Rig.StartAsync();
        await _rig.Gateway.EnrolAsync("customer", s_customerKey);
        await Ledger.PostAsync(new Posting("gift", 1, "",
            [new Entry(Account.Operator, Account.Device("customer"), 10 * PriceMsat)]));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _rig!.DisposeAsync();
    }

    [Fact]
    public async Task Proof_paid_with_a_mined_balance_is_attested_and_the_boards_are_paid()
    {
        await PowerOnAsync();

        using HttpResponseMessage answer = await PostAsync(Payment);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("valid", body.GetProperty("result").GetString());
        JsonElement content = VerifySignature(body.GetProperty("attestation"));
        Assert.Equal(Payment["txid"]!.GetValue<string>(), content.GetProperty("txid").GetString());
        Assert.Equal(TraceOf(Payment), content.GetProperty("trace").GetString());
        Assert.True(content.GetProperty("transactionShown").GetBoolean());
        Assert.True(content.GetProperty("audited").GetBoolean());
        string[] paid = [.. content.GetProperty("boards").EnumerateArray().Select(VerifyTag)];
        Assert.InRange(paid.Length, 3, Boards);
        Assert.Equal(9 * PriceMsat, BalanceOf("customer"));
        Assert.Equal(PriceMsat, paid.Sum(BalanceOf));
        Assert.All(paid, board => Assert.InRange(
            BalanceOf(board), PriceMsat / paid.Length, (PriceMsat / paid.Length) + 1));
        Assert.Equal(0, Ledger.Find(ProofFees.Held.Name)!.Value.Amount);
    }

    [Fact]
    public async Task Wrong_proof_is_attested_as_wrong_and_a_changed_attestation_is_not_believed()
    {
        await PowerOnAsync();
        JsonNode wrong = Payment;
        wrong["position"] = 282;

        using HttpResponseMessage answer = await PostAsync(wrong);

        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("notinblock", body.GetProperty("result").GetString());
        JsonElement attestation = body.GetProperty("attestation");
        VerifySignature(attestation);
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(_rig!.Gateway.AuthorityPem);
        SignedAttestation signed = attestation.Deserialize<SignedAttestation>(JsonSerializerOptions.Web)!;
        Assert.Null(signed.Verify(authority, out AttestationContent? content));
        ProofRequest request = wrong.Deserialize<ProofRequest>(JsonSerializerOptions.Web)!;
        Assert.Null(request.Read(0x1d00ffff, out TransactionProof? proof));
        Assert.Null(content!.Compare(proof!));
        Assert.NotNull(content.Compare(proof! with { Place = 281 }));
        Assert.NotNull((content with { Result = "valid" }).Compare(proof!));
        for (int at = 0; at < signed.Payload.Length; at += 37)
        {
            char other = signed.Payload[at] == 'A' ? 'B' : 'A';
            string payload = $"{signed.Payload[..at]}{other}{signed.Payload[(at + 1)..]}";
            Assert.NotNull((signed with { Payload = payload }).Verify(authority, out _));
        }
    }

    [Fact]
    public async Task Nothing_is_charged_for_what_is_no_proof_or_without_boards()
    {
        JsonNode noProof = Payment;
        noProof["headers"]![0] = "00";

        using HttpResponseMessage bad = await PostAsync(noProof);
        using HttpResponseMessage alone = await PostAsync(Payment);

        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, alone.StatusCode);
        Assert.Equal(10 * PriceMsat, BalanceOf("customer"));
    }

    [Fact]
    public async Task Unpaid_proof_is_asked_to_be_paid_and_no_board_sees_it()
    {
        await PowerOnAsync();

        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri(Base, Path), Payment);

        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);
        Assert.Contains("proofs:held", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal(0, _rig!.Gateway.Room<ProofDesk>().Counts.Valid);
    }

    private static byte[] HashTwice(byte[] octets) => SHA256.HashData(SHA256.HashData(octets));

    private static byte[] Shown(JsonNode hash) => [.. Convert.FromHexString(hash.GetValue<string>()).Reverse()];

    /// <summary>All hashes of a proof, exclusive or.</summary>
    private static string TraceOf(JsonNode proof)
    {
        List<byte[]> hashes = [];
        byte[] node = Shown(proof["txid"]!);
        int place = proof["position"]!.GetValue<int>();
        foreach (JsonNode? level in proof["branch"]!.AsArray())
        {
            byte[] other = Shown(level!);
            node = HashTwice((place & 1) == 1 ? [.. other, .. node] : [.. node, .. other]);
            hashes.Add(node);
            place >>= 1;
        }

        hashes.AddRange(proof["headers"]!.AsArray().Select(
            header => HashTwice(Convert.FromHexString(header!.GetValue<string>()))));
        byte[] trace = [.. Enumerable.Range(0, 32).Select(i => hashes.Aggregate((byte)0, (x, h) => (byte)(x ^ h[i])))];
        return Convert.ToHexStringLower(trace);
    }

    private static byte[] FromBase64Url(string text) => Convert.FromBase64String(
        text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));

    /// <summary>JWS as RFC 7515 has it, with nothing of the gateway's but its public certificate.</summary>
    private JsonElement VerifySignature(JsonElement jws)
    {
        string head = jws.GetProperty("protected").GetString()!;
        string payload = jws.GetProperty("payload").GetString()!;
        Assert.Equal("ES256",
            JsonSerializer.Deserialize<JsonElement>(FromBase64Url(head)).GetProperty("alg").GetString());
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(_rig!.Gateway.AuthorityPem);
        using ECDsa key = authority.GetECDsaPublicKey()!;
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{payload}"),
            FromBase64Url(jws.GetProperty("signature").GetString()!), HashAlgorithmName.SHA256));
        return JsonSerializer.Deserialize<JsonElement>(FromBase64Url(payload));
    }

    /// <summary>What a board's owner does: makes the task anew, and the tag with the board's key.</summary>
    private string VerifyTag(JsonElement board)
    {
        string device = board.GetProperty("device").GetString()!;
        byte[] finding = Convert.FromHexString(board.GetProperty("finding").GetString()!);
        byte[] task =
        [
            1, 1, (byte)Payment["branch"]!.AsArray().Count, (byte)Payment["headers"]!.AsArray().Count, 10, 0, 0, 0,
            .. Convert.FromHexString(board.GetProperty("task").GetString()!).Reverse(),
            .. BitConverter.GetBytes(Payment["position"]!.GetValue<uint>()), 0xff, 0xff, 0x00, 0x1d,
            .. Shown(Payment["txid"]!), .. Payment["branch"]!.AsArray().SelectMany(hash => Shown(hash!)),
            .. Payment["headers"]!.AsArray().SelectMany(header => Convert.FromHexString(header!.GetValue<string>())),
        ];
        byte[] key = _boards.Single(identity => identity.Id == device).Key;
        byte[] tag = Code("proof", task);
        Assert.Equal(finding[48..], Code("finding", [.. finding[..48], .. task, .. tag]));
        return device;

        byte[] Code(string purpose, byte[] octets) => HMACSHA256.HashData(
            key, (byte[])[.. Encoding.ASCII.GetBytes($"{purpose}\0{device}\0"), .. octets])[..16];
    }

    private long BalanceOf(string board) => (long)(Ledger.Find($"device:{board}")?.Amount ?? 0);

    private async Task PowerOnAsync() => _boards.AddRange(await TrustedBoards.PowerOnAsync(_rig!, Boards));

    private async Task<HttpResponseMessage> PostAsync(JsonNode proof)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(Base, Path))
        {
            Content = JsonContent.Create(proof),
        };
        PaymentCredential credential = PaymentCredential.Create(
            "customer", ++_counter, (ulong)PriceMsat, "proofs:held", "POST", Path, s_customerKey);
        request.Headers.TryAddWithoutValidation("Authorization", credential.ToHttp());
        return await _http.SendAsync(request);
    }
}
