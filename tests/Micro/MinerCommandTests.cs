using System.Net;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Micro.Tests;

/// <summary><c>micro miner</c> on a gateway in this process, and on nothing.</summary>
public class MinerCommandTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task Miners_mine_on_a_gateway_until_they_are_stopped()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("micro-miner-");
        GatewayOptions options = new();
        options.Http.Port = options.Mqtt.Port = 0;
        options.Stratum.Port = 0;
        options.Storage.DataDirectory = folder.FullName;
        options.Shares.StartWork = options.Shares.MaxWork = 1 << 12;
        await using (LocalGateway gateway =
            await LocalGateway.StartAsync(options, () => new MemoryChainStore(), TimeProvider.System))
        {
            IPEndPoint server = gateway.Host.StratumEndPoint!;
            int code;
            do
            {
                // A machine that stands still for all of a run mines nothing in it: then once more.
                code = await RunAsync("miner", "--server", server.ToString(), "--miners", "2", "--user", "somebody",
                    "--hash-rate", "20k", "--duration", "3s");
            }
            while (code is (int)ExitCode.NotProven or (int)ExitCode.Unreachable);

            Assert.Equal((int)ExitCode.Success, code);
            Assert.Contains(gateway.Host.Devices, device => device is { Id: "somebody.1", Work: > 0 });
        }

        Assert.Contains("shares accepted", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Miner_without_a_server_says_so()
    {
        Assert.Equal((int)ExitCode.Unreachable, await RunAsync("miner", "--server", "127.0.0.1:1", "--duration", "1s"));
        Assert.Contains("0 of 1 mining", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("last error:", _output.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) =>
        MicroCommandLine.RunAsync(args, new Terminal(_output, _error, false, false));
}
