namespace MicroFirmware.Protocol.Tests;

public class CredentialTests
{
    private const ulong Counter = 0x0000000300000007;

    private static readonly string[] s_golden = Golden.Lines("credential");

    [Fact]
    public void Credential_for_work_is_the_golden_one()
    {
        Assert.Equal(s_golden[0], Credential.ForWork(Golden.Device, Counter, Golden.Key).ToHttp());
    }

    [Fact]
    public void Credential_for_mqtt_is_the_golden_one()
    {
        Assert.Equal(s_golden[1], Credential.ForMqtt(Golden.Device, Counter, Golden.Key).ToMqttPassword());
    }

    [Fact]
    public void Golden_credentials_are_read_and_proven()
    {
        Assert.True(Credential.TryParseHttp(s_golden[0], out Credential http));
        Assert.True(Credential.TryParseMqtt(Golden.Device, s_golden[1], out Credential mqtt));
        Assert.Equal((Golden.Device, Counter), (http.Device, http.Counter));
        Assert.Equal((Golden.Device, Counter), (mqtt.Device, mqtt.Counter));
        Assert.True(http.IsSignedWith(Golden.Key));
        Assert.True(mqtt.IsSignedWith(Golden.Key));
        Assert.False(http.IsSignedWith(new byte[Limits.KeyLength]));
    }

    [Fact]
    public void Credential_for_one_purpose_does_not_serve_the_other()
    {
        string password = s_golden[0].Split(':')[1] + s_golden[0].Split(':')[2];
        Assert.True(Credential.TryParseMqtt(Golden.Device, password, out Credential mqtt));
        Assert.False(mqtt.IsSignedWith(Golden.Key));
    }

    [Fact]
    public void Credential_cut_anywhere_is_refused()
    {
        for (int length = 0; length < s_golden[0].Length; length++)
        {
            Assert.False(Credential.TryParseHttp(s_golden[0][..length], out _));
        }

        for (int length = 0; length < s_golden[1].Length; length++)
        {
            Assert.False(Credential.TryParseMqtt(Golden.Device, s_golden[1][..length], out _));
        }
    }

    [Theory]
    [InlineData("Micro ", "micro ")]
    [InlineData("Micro ", "Micro  ")]
    [InlineData("Micro ", "Basic ")]
    [InlineData("kitchen-7", "Kitchen-7")]
    [InlineData("kitchen-7", "")]
    [InlineData("kitchen-7", "kitchen-7-kitchen-7-kitchen-7-kitchen-7")]
    [InlineData(":0000", "::000")]
    [InlineData("00000003", "0000000g")]
    [InlineData("00000003", "0000000A")]
    [InlineData(":0000000300000007:", ":0000000300000007")]
    public void Credential_of_another_form_is_refused(string part, string replacement)
    {
        string changed = s_golden[0].Replace(part, replacement, StringComparison.Ordinal);
        Assert.NotEqual(s_golden[0], changed);
        Assert.False(Credential.TryParseHttp(changed, out _));
    }

    [Fact]
    public void Credential_with_more_behind_it_or_nothing_at_all_is_refused()
    {
        Assert.False(Credential.TryParseHttp(s_golden[0] + "0", out _));
        Assert.False(Credential.TryParseMqtt(Golden.Device, s_golden[1] + "0", out _));
        Assert.False(Credential.TryParseHttp(null, out _));
        Assert.False(Credential.TryParseMqtt(null, null, out _));
        Assert.False(Credential.TryParseMqtt(null, s_golden[1], out _));
    }
}
