using System.Text;
using System.Text.Json.Nodes;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Tests.Backends.Replay;

namespace MicroFirmware.Lightning.Tests.Backends;

/// <summary>
/// No answer whatsoever that is not on the list of definite failures gives money back: neither to the call that pays,
/// however surely the look-up says "failed", nor to the look-up, however surely the call was refused.
/// </summary>
public class DefiniteFailureTests
{
    private const int Seed = 20_261_121;
    private const int Made = 5_000;

    private static readonly string s_hash = Convert.ToHexStringLower(TestPayment.Hash);

    /// <summary>Every word that the servers' answers are made of.</summary>
    private static readonly string[] s_words =
    [
        "result", "status", "failure_reason", "payment_hash", "htlcs", "error", "code", "grpc_code", "message", "pays",
        "detail", "details", "paid", "amount", "fee", "preimage", "paymentHash", "reason", "isPaid", "completedAt",
        "fees", "FAILED", "failed", "IN_FLIGHT", "SUCCEEDED", "complete", "pending", "success",
        "FAILURE_REASON_NO_ROUTE", "FAILURE_REASON_NONE", "FAILURE_REASON_TIMEOUT", "payment isn't initiated",
        "Payment does not exist.", "Not found", "\ud800", "",
    ];

    private static readonly int[] s_numbers =
        [0, 1, -1, 2, 5, 6, 200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 219, 1501, -32601];

    private static readonly int[] s_statuses =
        [200, 201, 204, 301, 400, 401, 402, 403, 404, 409, 429, 500, 502, 503, 520];

    [Theory]
    [InlineData("lnd", "/v2/router/send")]
    [InlineData("corelightning", "/v1/pay")]
    [InlineData("lnbits", "/api/v1/payments")]
    [InlineData("phoenixd", "/payinvoice")]
    public async Task Pay_any_answer_off_the_list_is_never_a_failure(string node, string payPath)
    {
        (int Status, string Body) current = default;
        (int, string) failed = FailedLookUp(node);
        using CannedHandler handler = new(path => path == payPath ? current : failed);
        using ILightningNode backend = TestNodes.Open(node, new Uri("http://127.0.0.1:1"), handler);

        foreach ((int, string) answer in Answers(Refusal(node)))
        {
            current = answer;
            PaymentOutcome outcome = await backend.PayAsync(
                TestPayment.Text, TestPayment.Invoice, TestPayment.FeeLimitMsat, TestPayment.Patience, default);
            bool mayFail = IsRefusal(node, current.Body);
            Assert.True((outcome.State == PaymentState.Failed) == mayFail,
                $"seed {Seed}: {current} gives {outcome.State}: {outcome.Reason}");
        }
    }

    [Theory]
    [InlineData("lnd", "/v2/router/send")]
    [InlineData("corelightning", "/v1/pay")]
    [InlineData("lnbits", "/api/v1/payments")]
    [InlineData("phoenixd", "/payinvoice")]
    public async Task Find_any_answer_off_the_list_is_never_a_failure(string node, string payPath)
    {
        (int Status, string Body) current = default;
        using CannedHandler handler = new(path => path == payPath ? Refusal(node) : current);
        using ILightningNode backend = TestNodes.Open(node, new Uri("http://127.0.0.1:1"), handler);

        foreach ((int, string) answer in Answers(FailedLookUp(node)))
        {
            current = answer;
            PaymentOutcome outcome = await backend.PayAsync(
                TestPayment.Text, TestPayment.Invoice, TestPayment.FeeLimitMsat, TestPayment.Patience, default);
            bool mayFail = IsFailedLookUp(node, current.Status, current.Body);
            Assert.True((outcome.State == PaymentState.Failed) == mayFail,
                $"seed {Seed}: {current} gives {outcome.State}: {outcome.Reason}");
        }
    }

    private static (int Status, string Body) Refusal(string node) => node switch
    {
        "lnd" => (200, TestPayment.Fill(
            """{"result":{"payment_hash":"{hash}","status":"FAILED","failure_reason":"FAILURE_REASON_NO_ROUTE","""
            + "\"htlcs\":[{\"status\":\"FAILED\"}]}}")),
        "corelightning" => (500, """{"code":205,"message":"no way"}"""),
        "lnbits" => (520, """{"detail":"no way","status":"failed"}"""),
        _ => (200, TestPayment.Fill("""{"paymentHash":"{hash}","reason":"no way"}""")),
    };

    private static (int Status, string Body) FailedLookUp(string node) => node switch
    {
        "lnd" => Refusal(node),
        "corelightning" => (201, TestPayment.Fill("""{"pays":[{"payment_hash":"{hash}","status":"failed"}]}""")),
        "lnbits" => (200, TestPayment.Fill(
            """{"details":{"payment_hash":"{hash}","amount":-21007,"status":"failed"}}""")),
        _ => (200, TestPayment.Fill("""{"paymentHash":"{hash}","isPaid":false,"completedAt":1738000000500}""")),
    };

    /// <summary>The definite answer cut at every octet and with every octet changed, then answers made up of the
    /// servers' own words, then noise.</summary>
    private static IEnumerable<(int Status, string Body)> Answers((int Status, string Body) definite)
    {
        Random random = new(Seed);
        yield return definite;
        for (int i = 0; i < definite.Body.Length; i++)
        {
            yield return (definite.Status, definite.Body[..i]);
            char other = (char)random.Next(' ', '~');
            yield return (definite.Status, $"{definite.Body[..i]}{other}{definite.Body[(i + 1)..]}");
        }

        for (int i = 0; i < Made; i++)
        {
            int status = s_statuses[random.Next(s_statuses.Length)];
            yield return (status, i % 8 == 0 ? Noise(random) : Compose(random, 0));
        }
    }

    private static string Compose(Random random, int depth) => random.Next(depth > 3 ? 5 : 8) switch
    {
        0 => $"\"{s_hash}\"",
        1 or 2 => Word(random),
        3 => s_numbers[random.Next(s_numbers.Length)].ToString(),
        4 => random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" },
        5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Compose(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5))
            .Select(_ => $"{Word(random)}:{Compose(random, depth + 1)}"))}}}",
    };

    private static string Word(Random random) =>
        s_words[random.Next(s_words.Length)] is var word && word == "\ud800" ? "\"\\ud800\"" : $"\"{word}\"";

    private static string Noise(Random random)
    {
        byte[] octets = new byte[random.Next(64)];
        random.NextBytes(octets);
        return Encoding.Latin1.GetString(octets);
    }

    // The list, written a second time: what a person would look for in an answer.
    private static bool IsRefusal(string node, string body) => Parse(body) is { } answer && (node switch
    {
        "lnd" => IsFailedByLnd(answer["result"]),
        "corelightning" => Number(answer["code"]) is 203 or 205 or 206 or 207 or 210,
        "lnbits" => Text(answer["status"]) == "failed",
        _ => Text(answer["paymentHash"]) == s_hash && Text(answer["reason"]).Length > 0
            && !answer.ContainsKey("paymentPreimage"),
    });

    private static bool IsFailedLookUp(string node, int status, string body)
    {
        if (node == "phoenixd" && status == 404 && body == "Not found")
        {
            return true;
        }

        return Parse(body) is { } answer && (node switch
        {
            "lnd" => IsFailedByLnd(answer["result"]) || IsNeverSent(answer) || IsNeverSent(answer["error"]),
            "corelightning" => answer["pays"] is JsonArray pays
                && pays.All(pay => Text(Member(pay, "status")) == "failed"
                    && Text(Member(pay, "payment_hash")) == s_hash),
            "lnbits" => (status == 404 && Text(answer["detail"]) == "Payment does not exist.")
                || (Text(Member(answer["details"], "status")) == "failed"
                    && Text(Member(answer["details"], "payment_hash")) == s_hash
                    && Number(Member(answer["details"], "amount")) < 0),
            _ => Text(answer["paymentHash"]) == s_hash && answer["isPaid"]?.ToJsonString() == "false"
                && Number(answer["completedAt"]) > 0,
        });
    }

    private static bool IsFailedByLnd(JsonNode? result) =>
        Text(Member(result, "payment_hash")) == s_hash && Text(Member(result, "status")) == "FAILED"
        && Text(Member(result, "failure_reason")) is "FAILURE_REASON_NO_ROUTE" or "FAILURE_REASON_TIMEOUT"
        && (Member(result, "htlcs") is not JsonArray parts
            || parts.All(part => Text(Member(part, "status")) == "FAILED"));

    private static bool IsNeverSent(JsonNode? error) =>
        (Number(Member(error, "code")) ?? Number(Member(error, "grpc_code"))) == 5
        && Text(Member(error, "message")) == "payment isn't initiated";

    private static JsonObject? Parse(string body)
    {
        try
        {
            JsonObject? answer = JsonNode.Parse(
                body.Split('\n')[^1], documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject;
            _ = answer?.ToJsonString();
            return answer;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonNode? Member(JsonNode? node, string name) => node is JsonObject o ? o[name] : null;

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private static long? Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out long number) ? number : null;
}
