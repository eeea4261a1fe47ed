using System.Net;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Webhooks;

namespace MicroFirmware.Gateway.Tests.Webhooks;

public sealed class WebhookRuleTests
{
    private const string Secret = "a secret of sixteen";

    [Fact]
    public void Signature_is_that_of_another_implementation() =>

        // Python: hmac.new(b'a secret of sixteen', b'1800000000.{"id":1}', hashlib.sha256).hexdigest()
        Assert.Equal("t=1800000000,v1=21b28fc42f407b26e5005c995805fea7c0e95594b82c8ff11588716ce4d83ed7",
            WebhookSignature.Make(Secret, 1_800_000_000, """{"id":1}"""u8));

    [Theory]
    [InlineData("93.184.216.34", true, true)]
    [InlineData("2606:4700::1", true, true)]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("::1", false, true)]
    [InlineData("10.1.2.3", false, true)]
    [InlineData("172.16.0.1", false, true)]
    [InlineData("172.32.0.1", true, true)]
    [InlineData("192.168.1.5", false, true)]
    [InlineData("100.64.0.1", false, true)]
    [InlineData("fd00::5", false, true)]
    [InlineData("::ffff:192.168.1.5", false, true)]
    [InlineData("::ffff:93.184.216.34", true, true)]
    [InlineData("64:ff9b::7f00:1", false, true)]
    [InlineData("2002:7f00:1::", false, true)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("::ffff:169.254.169.254", false, false)]
    [InlineData("64:ff9b::a9fe:a9fe", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("::", false, false)]
    [InlineData("224.0.0.1", false, false)]
    [InlineData("255.255.255.255", false, false)]
    [InlineData("ff02::1", false, false)]
    public void Address_is_allowed_or_not(string address, bool byItself, bool withPrivate)
    {
        Assert.Equal(byItself, AddressRule.Allows(IPAddress.Parse(address), isPrivateAllowed: false));
        Assert.Equal(withPrivate, AddressRule.Allows(IPAddress.Parse(address), isPrivateAllowed: true));
    }

    [Fact]
    public void A_list_is_read_from_the_command_line()
    {
        IList<WebhookOptions> hooks = Load(
            "--Webhooks:0:Url=https://example.org/a", $"--Webhooks:0:Secret={Secret}",
            "--Webhooks:1:Url=http://10.0.0.5/b", $"--Webhooks:1:Secret={Secret}", "--Webhooks:1:Private=true",
            "--Webhooks:1:Events=all").Webhooks;

        Assert.Equal([WebhookOptions.DefaultEvents, "all"], hooks.Select(hook => hook.Events));
        Assert.Equal(5, hooks[0].Kinds!.Count);
        Assert.NotEqual(hooks[0].Name, hooks[1].Name);
    }

    [Theory]
    [InlineData("http://example.org/", Secret, "all", "Url")]
    [InlineData("https://user:word@example.org/", Secret, "all", "Url")]
    [InlineData("ftp://example.org/", Secret, "all", "Url")]
    [InlineData("", Secret, "all", "Url")]
    [InlineData("https://example.org/", "short", "all", "Secret")]
    [InlineData("https://example.org/", Secret, "board-lots", "Events")]
    [InlineData("https://example.org/", Secret, "webhook-given-up", "Events")]
    public void A_setting_that_does_not_fit_is_named_and_no_secret_shown(
        string url, string secret, string events, string key)
    {
        ConfigurationException problem = Assert.Throws<ConfigurationException>(() => Load(
            $"--Webhooks:0:Url={url}", $"--Webhooks:0:Secret={secret}", $"--Webhooks:0:Events={events}"));

        Assert.Contains($"Webhooks:0:{key} = ", problem.Message);
        Assert.DoesNotContain("short'", problem.Message);
        Assert.DoesNotContain("user:word", problem.Message);
    }

    private static GatewayOptions Load(params string[] args)
    {
        using TemporaryDirectory directory = new();
        return GatewayConfiguration.Load(args, directory.Path);
    }
}
