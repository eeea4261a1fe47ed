using MicroFirmware.Ledger.Book;
using MicroFirmware.Paywall.Tokens;

namespace MicroFirmware.Paywall.Tests;

/// <summary>100,000 credentials that must not pass: one bit changed anywhere, cut, elsewhere, too late, too often.
/// </summary>
public sealed class ForgeryTests : IDisposable
{
    private const int Seed = 402;
    private const int Each = 12_500;

    private readonly TestTill _till = new();
    private readonly Random _random = new(Seed);

    public void Dispose() => _till.Dispose();

    [Fact]
    public async Task Forged_or_replayed_credential_never_passes_and_debits_nothing()
    {
        PaymentTerms counted = TestTill.Terms with { Uses = 1 };
        string token = (await _till.BuyAsync()).ToHttp();
        string usedUp = (await _till.BuyAsync(counted)).ToHttp();
        string expired = (await _till.BuyAsync(TestTill.Terms with { Validity = TimeSpan.FromSeconds(1) })).ToHttp();
        await _till.EarnAsync(1_000_000);
        string payment = TestTill.Sign(1_000).ToHttp();
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(token));
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(usedUp, terms: counted));
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(payment));
        _till.Time.Advance(TimeSpan.FromSeconds(2));
        LedgerHead head = _till.Journal.Head;
        string fresh = TestTill.Sign(2_000).ToHttp();

        int refused = await RefuseAsync(() => (Flipped(token), TestTill.Page), Each * 2)
            + await RefuseAsync(() => (Flipped(fresh), TestTill.Page), Each * 2)
            + await RefuseAsync(() => (Cut(_random.Next(2) == 0 ? token : fresh), TestTill.Page), Each)
            + await RefuseAsync(() => (_random.Next(2) == 0 ? token : fresh, $"/articles/{_random.Next(2, 99)}"), Each)
            + await RefuseAsync(() => (_random.Next(2) == 0 ? usedUp : expired, TestTill.Page), Each)
            + await RefuseAsync(() => (Replayed(payment), TestTill.Page), Each);

        Assert.Equal(100_000, refused);
        Assert.Equal(head, _till.Journal.Head);
        Assert.Equal(1_000_000 - 50, _till.BalanceOf(Account.Device(TestTill.Board)));
        Assert.Equal(3 * 50, _till.BalanceOf(TestTill.Terms.Payee));
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(token));
        Assert.Equal(PaymentResult.Paid, await _till.AdmitAsync(fresh));
    }

    private async Task<int> RefuseAsync(Func<(string Header, string Path)> forge, int count)
    {
        const int atOnce = 500;
        int refused = 0;
        for (int done = 0; done < count; done += atOnce)
        {
            (string Header, string Path)[] forged = [.. Enumerable.Range(0, atOnce).Select(_ => forge())];
            PaymentResult[] results = await Task.WhenAll(
                forged.Select(one => _till.AdmitAsync(one.Header, one.Path)));
            int passed = Array.FindIndex(results, result => result is PaymentResult.Paid or PaymentResult.Busy);
            Assert.True(passed < 0, $"seed {Seed}: {(passed < 0 ? "" : forged[passed])}");
            refused += results.Length;
        }

        return refused;
    }

    /// <summary>One bit: of the text as it is sent, or of the token's octets.</summary>
    private string Flipped(string header)
    {
        if (_random.Next(2) == 0 && L402Credential.TryParse(header, out L402Credential? credential))
        {
            byte[] octets = MacaroonCodec.Write(credential!.Token);
            octets[_random.Next(octets.Length)] ^= (byte)(1 << _random.Next(8));
            return $"L402 {Convert.ToBase64String(octets)}:{Convert.ToHexStringLower(credential.Preimage)}";
        }

        char[] text = header.ToCharArray();
        text[_random.Next(text.Length)] ^= (char)(1 << _random.Next(8));
        return new string(text);
    }

    private string Cut(string header) => header[.._random.Next(header.Length)];

    /// <summary>The credential that was used, or one with its counter or an earlier one.</summary>
    private string Replayed(string payment) => _random.Next(2) == 0
        ? payment
        : TestTill.Sign((ulong)_random.Next(1_001), most: (ulong)_random.Next(50, 1_000)).ToHttp();
}
