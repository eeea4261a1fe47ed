namespace MicroFirmware.Protocol.Tests;

public class PaymentCredentialTests
{
    private const string Payee = "site:news";
    private const string Target = "/articles/1?page=2";
    private const ulong Counter = 0x0000000300000007;

    private static readonly string s_golden = Golden.Lines("payment").Single();

    [Fact]
    public void Payment_credential_is_the_golden_one() => Assert.Equal(s_golden,
        PaymentCredential.Create(Golden.Device, Counter, 1000, Payee, "GET", Target, Golden.Key).ToHttp());

    [Fact]
    public void Golden_payment_is_read_and_proven_for_its_page_alone()
    {
        Assert.True(PaymentCredential.TryParse(s_golden, out PaymentCredential payment));
        Assert.Equal((Golden.Device, Counter, 1000ul), (payment.Payer, payment.Counter, payment.MostMsat));
        Assert.True(payment.IsSignedWith(Golden.Key, Payee, "GET", Target));
        Assert.False(payment.IsSignedWith(new byte[Limits.KeyLength], Payee, "GET", Target));
        Assert.False(payment.IsSignedWith(Golden.Key, "site:other", "GET", Target));
        Assert.False(payment.IsSignedWith(Golden.Key, Payee, "PUT", Target));
        Assert.False(payment.IsSignedWith(Golden.Key, Payee, "GET", "/articles/1"));
    }

    [Fact]
    public void Owner_is_a_payer_that_no_device_can_be()
    {
        PaymentCredential owner = PaymentCredential.Create(
            PaymentCredential.Owner, 1, 2, Payee, "GET", Target, Golden.Key);

        Assert.True(PaymentCredential.TryParse(owner.ToHttp(), out PaymentCredential read));
        Assert.Equal(PaymentCredential.Owner, read.Payer);
        Assert.False(DeviceId.IsValid(PaymentCredential.Owner));
    }

    [Fact]
    public void Payment_cut_anywhere_or_longer_is_refused()
    {
        for (int length = 0; length < s_golden.Length; length++)
        {
            Assert.False(PaymentCredential.TryParse(s_golden[..length], out _));
        }

        Assert.False(PaymentCredential.TryParse(s_golden + "0", out _));
        Assert.False(PaymentCredential.TryParse(null, out _));
    }

    [Theory]
    [InlineData("Micro ", "micro ")]
    [InlineData("Micro ", "Micro  ")]
    [InlineData("kitchen-7", "")]
    [InlineData("kitchen-7", "@other")]
    [InlineData("kitchen-7", "kitchen-7-kitchen-7-kitchen-7-kitchen-7")]
    [InlineData(":00000000000003e8:", ":00000000000003E8:")]
    [InlineData(":00000000000003e8:", ":00000000000003e8 ")]
    [InlineData(":00000000000003e8:", ":0000000000003e8:")]
    [InlineData(":0000000300000007:", ":000000030000000g:")]
    public void Payment_of_another_form_is_refused(string part, string replacement)
    {
        string changed = s_golden.Replace(part, replacement, StringComparison.Ordinal);
        Assert.NotEqual(s_golden, changed);
        Assert.False(PaymentCredential.TryParse(changed, out _));
    }

    [Fact]
    public void Payment_and_work_credentials_do_not_pass_for_each_other()
    {
        Assert.False(Credential.TryParseHttp(s_golden, out _));
        Assert.False(PaymentCredential.TryParse(
            Credential.ForWork(Golden.Device, Counter, Golden.Key).ToHttp(), out _));
    }
}
