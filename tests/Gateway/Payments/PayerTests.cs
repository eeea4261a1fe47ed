using System.Net;
using System.Security.Cryptography;
using System.Text;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Paywall;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Payments;

/// <summary>Boards and the owner pay out of the gateway's own ledger.</summary>
public sealed class PayerTests : IAsyncLifetime
{
    private const string Page = "/articles/1";

    private static readonly PaymentTerms s_terms = new(50, PaywallAccounts.Site("news"));

    private RunningGateway? _gateway;

    private GatewayHost Host => _gateway!.Host;

    private Journal Ledger => Host.Room<Journal>();

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        await Host.EnrolAsync("board-1", TestStore.Key);
    }

    public async Task DisposeAsync() => await _gateway!.DisposeAsync();

    [Fact]
    public async Task Board_pays_with_what_it_has_earned_and_not_twice_over_a_restart()
    {
        await EarnAsync(Account.Device("board-1"), 70);
        string header = Sign("board-1", 1, TestStore.Key);

        Assert.Equal(PaymentResult.Paid, await AdmitAsync(header));
        Assert.Equal(PaymentResult.InsufficientBalance, await AdmitAsync(Sign("board-1", 2, TestStore.Key)));
        await _gateway!.RestartAsync();

        Assert.Equal(PaymentResult.Replayed, await AdmitAsync(header));
        Assert.Equal(20, Ledger.Find("device:board-1")!.Value.Amount);
        Assert.Equal(50, Ledger.Find("site:news")!.Value.Amount);
    }

    [Fact]
    public async Task Board_that_was_revoked_or_is_not_known_pays_nothing()
    {
        await EarnAsync(Account.Device("board-1"), 500);
        await Host.RevokeAsync("board-1");

        Assert.Equal(PaymentResult.BadMac, await AdmitAsync(Sign("board-1", 1, TestStore.Key)));
        Assert.Equal(PaymentResult.BadMac, await AdmitAsync(Sign("board-2", 1, TestStore.Key)));
        Assert.Equal(500, Ledger.Find("device:board-1")!.Value.Amount);
    }

    [Fact]
    public async Task Owner_pays_with_a_key_that_follows_from_the_token()
    {
        await EarnAsync(Account.Owner, 60);
        AccessCode token = Host.NewOwnerToken!;
        byte[] key = HMACSHA256.HashData(SHA256.HashData(Encoding.UTF8.GetBytes(token.Secret)), "payment"u8);

        Assert.Equal(PaymentResult.Paid, await AdmitAsync(Sign(PaymentCredential.Owner, 1, key)));
        Assert.Equal(PaymentResult.BadMac, await AdmitAsync(Sign(PaymentCredential.Owner, 2, new byte[32])));
        Assert.Equal(10, Ledger.Find("owner")!.Value.Amount);
    }

    private static string Sign(string payer, ulong counter, byte[] key) =>
        PaymentCredential.Create(payer, counter, 50, "site:news", "GET", Page, key).ToHttp();

    private async Task<PaymentResult> AdmitAsync(string header) => await Host.Cashier.AdmitAsync(
        new PaymentRequest(header, "GET", Page, Page, IPAddress.Loopback), s_terms, CancellationToken.None);

    private Task<PostResult> EarnAsync(Account account, long msat) => Ledger.PostAsync(
        new Posting($"tariff:{account.Name}", 1, "", [new Entry(Account.Operator, account, msat)]));
}
