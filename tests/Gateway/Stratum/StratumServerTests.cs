using System.Text.Json;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Stratum;

/// <summary>Miners on a whole gateway, from the socket to the store.</summary>
public class StratumServerTests
{
    [Fact]
    public async Task Share_goes_from_the_socket_to_the_store()
    {
        await using RunningGateway gateway = await StartAsync();
        await using LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);

        JsonElement answer = await miner.SubmitAsync(miner.Mine());

        Assert.True(answer.GetProperty("result").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("error").ValueKind);
        Assert.Equal(1, gateway.Scalar(
            "SELECT count(*) FROM shares JOIN devices ON id=device WHERE name='account.worker' AND verdict=0"));
        DeviceReport device = Assert.Single(gateway.Host.Devices);
        Assert.Equal(("account.worker", true, 1L), (device.Id, device.Online, device.Accepted));
        Assert.True(device.Work > 0);
    }

    private static Task<RunningGateway> StartAsync() =>
        RunningGateway.StartAsync(options => options.Stratum.Port = 0);
}
