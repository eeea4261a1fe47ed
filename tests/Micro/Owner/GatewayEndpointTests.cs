using MicroFirmware.Micro.Owner;

namespace MicroFirmware.Micro.Tests.Owner;

public class GatewayEndpointTests
{
    [Theory]
    [InlineData("192.168.1.20", false, "https://192.168.1.20:8443/")]
    [InlineData("gateway.lan", true, "http://gateway.lan:8080/")]
    [InlineData("gateway.lan:9000", false, "https://gateway.lan:9000/")]
    public void Address_is_read_as_it_is_typed(string text, bool isPlain, string url)
    {
        Assert.True(GatewayEndpoint.TryParse(text, isPlain, out GatewayEndpoint? endpoint));
        Assert.Equal(url, endpoint!.Url.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://gateway.lan")]
    [InlineData("gateway.lan:0")]
    [InlineData("gateway.lan:70000")]
    [InlineData("gateway.lan:8443:8883")]
    [InlineData("two words")]
    public void Address_that_is_none_is_refused(string text) =>
        Assert.False(GatewayEndpoint.TryParse(text, false, out _));
}
