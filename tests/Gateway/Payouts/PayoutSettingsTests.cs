using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Lightning.Backends;

namespace MicroFirmware.Gateway.Tests.Payouts;

public sealed class PayoutSettingsTests : IDisposable
{
    private const string Secret = "rig:a-secret-of-the-node";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("--Payouts:Kind=visa", "'visa'")]
    [InlineData("--Payouts:Kind=lnd", "Url is not where a node answers")]
    [InlineData("--Payouts:Chain=gold", "Payouts:Chain")]
    [InlineData("--Payouts:Interval=1ms", "Payouts:Interval")]
    [InlineData("--Payouts:DailyCapMsat=-1", "Payouts:DailyCapMsat")]
    [InlineData("--Payouts:ThresholdMsat=999", "Payouts:ThresholdMsat")]
    [InlineData("--Payouts:ApprovalMsat=some", "is not a whole number")]
    public void Load_setting_that_cannot_be_used_is_named(string argument, string said) =>
        Assert.Contains(said, Assert.Throws<ConfigurationException>(
            () => GatewayConfiguration.Load([argument], _directory.Path)).Message);

    [Fact]
    public void Open_credential_of_the_owner_opens_the_node_and_is_never_repeated()
    {
        using ILightningNode node = PayoutNode.Open(SettingsOf(isOpenToAll: false));

        Assert.Contains("127.0.0.1", node.Name);
        Assert.DoesNotContain("secret", node.Name);
    }

    [Fact]
    public void Open_credential_that_everybody_can_read_is_refused_and_not_repeated()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string said = Assert.Throws<ConfigurationException>(
            () => PayoutNode.Open(SettingsOf(isOpenToAll: true))).Message;

        Assert.Contains("chmod 600", said);
        Assert.DoesNotContain("secret", said);
    }

    [Fact]
    public void Open_without_a_node_pays_nothing() =>
        Assert.IsType<NoLightningNode>(PayoutNode.Open(new PayoutSettings()));

    private PayoutSettings SettingsOf(bool isOpenToAll)
    {
        string file = Path.Combine(_directory.Path, "node");
        File.WriteAllText(file, Secret);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite
                | (isOpenToAll ? UnixFileMode.OtherRead : UnixFileMode.None));
        }

        return new PayoutSettings { Kind = "electrum", Url = "http://127.0.0.1:7777", CredentialFile = file };
    }
}
