using System.Net;
using System.Security.Cryptography;
using MicroFirmware.Gateway.Tests;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Paywall.Invoices;
using MicroFirmware.Paywall.Stores;
using MicroFirmware.Paywall.Tokens;
using MicroFirmware.Protocol;

namespace MicroFirmware.Paywall.Tests;

/// <summary>A cashier with its files in a directory of a test's own, a node stand-in, and a payer.</summary>
internal sealed class TestTill : IDisposable
{
    public const string Board = "kitchen-7";
    public const string Page = "/articles/1";

    private static readonly byte[] s_secret = SHA256.HashData([1]);

    private readonly string _directory = Directory.CreateTempSubdirectory("paywall-test-").FullName;
    private readonly Journal? _journal;
    private PaywallStore _store;

    public TestTill()
    {
        Node = new LocalNode(Time);
        _journal = Journal.Open(() => SqliteLedgerStore.Open(Path.Combine(_directory, "ledger.db")));
        _store = PaywallStore.Open(Path.Combine(_directory, "paywall.db"), Time);
        Cashier = Make();
    }

    public static byte[] Key { get; } = SHA256.HashData([2]);

    public static PaymentTerms Terms { get; } = new(50, PaywallAccounts.Site("news"));

    public ManualTime Time { get; } = new();

    public LocalNode Node { get; }

    public Journal Journal => _journal!;

    public Cashier Cashier { get; private set; }

    public static PaymentRequest Get(string authorization, string path = Page) =>
        new(authorization, "GET", path, path, IPAddress.Loopback);

    public static PaymentCredential Sign(
        ulong counter, ulong most = 50, string payer = Board, string payee = "site:news", string path = Page) =>
        PaymentCredential.Create(payer, counter, most, payee, "GET", path, Key);

    public async Task<PaymentResult> AdmitAsync(string authorization, string path = Page, PaymentTerms? terms = null) =>
        await Cashier.AdmitAsync(Get(authorization, path), terms ?? Terms, CancellationToken.None);

    /// <summary>Asks, pays, and gives the credential.</summary>
    public async Task<L402Credential> BuyAsync(PaymentTerms? terms = null, string path = Page)
    {
        Challenge? challenge = await Cashier.ChallengeAsync(Get("", path), terms ?? Terms, CancellationToken.None);
        Assert.NotNull(challenge);
        Assert.True(MacaroonCodec.TryRead(Convert.FromBase64String(challenge.Token), out Macaroon? token));
        byte[]? preimage = Node.Pay(challenge.Invoice);
        Assert.NotNull(preimage);
        return new L402Credential(token!, preimage);
    }

    public async Task EarnAsync(long msat, string device = Board) => Assert.Equal(PostResult.Posted,
        await Journal.PostAsync(new Posting($"block:{device}:{msat}", 1_800_000_000_000, "",
            [new Entry(Account.Chain, Account.Device(device), msat)])));

    public Int128 BalanceOf(Account account) => Journal.Find(account.Name)?.Amount ?? 0;

    /// <summary>What a new process would have: the files, and nothing else.</summary>
    public void Restart()
    {
        _store.Dispose();
        _store = PaywallStore.Open(Path.Combine(_directory, "paywall.db"), Time);
        Cashier = Make();
    }

    public void Dispose()
    {
        _store.Dispose();
        Journal.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private Cashier Make() => new(new TokenMint(s_secret), _store, Journal, Node,
        payer => payer == Board ? new Payer(Account.Device(Board), Key)
            : payer == PaymentCredential.Owner ? new Payer(Account.Owner, Key) : null,
        Time);
}
