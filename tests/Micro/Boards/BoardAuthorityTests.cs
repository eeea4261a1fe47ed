using MicroFirmware.Micro.Boards;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Tests.Boards;

public class BoardAuthorityTests
{
    [Theory]
    [InlineData(8080, 1883, 8443, 8883)]
    [InlineData(9080, 1883, 9080, 8883)]
    public void Usual_ports_become_those_of_tls(int http, int mqtt, int httpTls, int mqttTls)
    {
        GatewayAddress secure = BoardAuthority.Secure(new GatewayAddress("gateway.lan", http, mqtt, false));

        Assert.Equal(("gateway.lan", httpTls, mqttTls, true),
            (secure.Host, secure.HttpPort, secure.MqttPort, secure.IsSecure));
    }

    [Fact]
    public void File_that_is_no_certificate_says_where_one_is()
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(() => BoardAuthority.Read("there-is-none.pem"));

        Assert.Contains("authority.pem", failure.NextStep);
    }
}
