using MicroFirmware.Micro.Boards;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Tests.Boards;

public class GatewayAddressTextTests
{
    [Theory]
    [InlineData("gateway.local", "gateway.local", 8080, 1883)]
    [InlineData("192.168.1.20:9080", "192.168.1.20", 9080, 1883)]
    [InlineData("localhost:9080:2883", "localhost", 9080, 2883)]
    public void Addresses_are_read_with_default_ports(string text, string host, int httpPort, int mqttPort)
    {
        Assert.True(GatewayAddressText.TryParse(text, out GatewayAddress? address));
        Assert.Equal((host, httpPort, mqttPort), (address!.Host, address.HttpPort, address.MqttPort));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":8080")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:70000")]
    [InlineData("host:1:2:3")]
    [InlineData("http://host")]
    [InlineData("host name")]
    public void What_is_no_address_is_refused(string text) => Assert.False(GatewayAddressText.TryParse(text, out _));
}
