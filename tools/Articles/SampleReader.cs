using System.Text.RegularExpressions;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Paywall.Invoices;
using MicroFirmware.Paywall.Tokens;
using MicroFirmware.Protocol;

namespace MicroFirmware.Articles;

/// <summary>A reader who pays once by Lightning and once with what its board has earned.</summary>
internal static partial class SampleReader
{
    /// <summary>The board's id.</summary>
    public const string Name = "kitchen-7";

    private const long EarnedMsat = 150;

    /// <summary>The board's account.</summary>
    public static Account Account { get; } = Account.Device(Name);

    /// <summary>Gives the board something to spend.</summary>
    public static Task<PostResult> EarnAsync(Journal journal, TimeProvider time) => journal.PostAsync(new Posting(
        "tariff:sample", time.GetUtcNow().ToUnixTimeMilliseconds(), "for work",
        [new Entry(Account.Operator, Account, EarnedMsat)]));

    /// <summary>Reads three articles and says what happened.</summary>
    public static async Task ReadAsync(Uri site, LocalNode node, byte[] key, TextWriter output)
    {
        using HttpClient http = new() { BaseAddress = site };
        await TellAsync(http, "/articles/nonce", "", output);
        await TellAsync(http, "/articles/nonce", await BuyAsync(http, "/articles/nonce", node), output);
        await TellAsync(http, "/articles/share", Sign(1, "site:ada", "/articles/share", key), output);
        await TellAsync(http, "/articles/preimage", Sign(2, "site:satoru", "/articles/preimage", key), output);
    }

    private static string Sign(ulong counter, string payee, string path, byte[] key) =>
        PaymentCredential.Create(Name, counter, EarnedMsat, payee, "GET", path, key).ToHttp();

    private static async Task<string> BuyAsync(HttpClient http, string path, LocalNode node)
    {
        using HttpResponseMessage answer = await http.GetAsync(path);
        Match challenge = Challenge().Match(string.Join('\n', answer.Headers.GetValues("WWW-Authenticate")));
        byte[] preimage = node.Pay(challenge.Groups["invoice"].Value)
            ?? throw new InvalidOperationException("The node does not know its own invoice.");
        return $"{L402Credential.Scheme} {challenge.Groups["token"].Value}:{Convert.ToHexStringLower(preimage)}";
    }

    private static async Task TellAsync(HttpClient http, string path, string authorization, TextWriter output)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (authorization.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using HttpResponseMessage answer = await http.SendAsync(request);
        string scheme = authorization.Length > 0 ? authorization.Split(' ')[0] : "nothing";
        await output.WriteLineAsync(
            $"  {path} with {scheme}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex("L402 version=\"0\", token=\"(?<token>[^\"]+)\", invoice=\"(?<invoice>[^\"]+)\"")]
    private static partial Regex Challenge();
}
