using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Stratum;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Stratum.Fuzz;

/// <summary>A slice of what the bench <c>fuzz-stratum</c> runs.</summary>
public class StratumFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public async Task Fuzzed_miners_leave_no_error_and_nothing_behind(int seed)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Configure);
        StratumServer server = gateway.Host.Room<StratumServer>();
        StratumFuzzer fuzzer = new(seed, server);
        await fuzzer.RunAsync(5_000);

        Assert.True(server.Statistics.Shares > 100, $"seed {seed}: only {server.Statistics.Shares} shares");
        Assert.Equal(0, server.Statistics.Connections);
        await using LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);
        Assert.True((await miner.SubmitAsync(miner.Mine())).GetProperty("result").GetBoolean());
    }

    private static void Configure(GatewayOptions options)
    {
        options.Stratum.Port = 0;
        options.Shares.MaxWork = 1 << 12;
    }
}
