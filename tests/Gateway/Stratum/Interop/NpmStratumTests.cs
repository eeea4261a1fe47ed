using System.Runtime.CompilerServices;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Mqtt.Tests.Interop;

namespace MicroFirmware.Gateway.Tests.Stratum.Interop;

/// <summary>npm's stratum-client as a miner on our gateway; installed beside its script when it is missing. It hashes
/// with node's own SHA-256, from what the server sent it.</summary>
public class NpmStratumTests
{
    [ProgramFact("node", "npm")]
    public async Task Npm_stratum_client_mines_a_share()
    {
        string folder = await InstallAsync();
        await using RunningGateway gateway =
            await RunningGateway.StartAsync(options => options.Stratum.Port = 0);
        int port = gateway.Host.StratumEndPoint!.Port;

        using OutsideProgram node = OutsideProgram.StartIn(folder, "node", "scenario.js", $"{port}", "account.npm");

        Assert.Equal(
            ["extranonce1 4 octets, extranonce2 4", "authorised", "accepted", "refused 22", "refused 23"],
            await node.EndAsync());
        Assert.Equal(1, gateway.Scalar("SELECT count(*) FROM shares WHERE work>0"));
    }

    private static async Task<string> InstallAsync()
    {
        string folder = Path.Combine(ThisFolder(), "npm");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "stratum-client")))
        {
            using OutsideProgram npm = OutsideProgram.StartIn(
                folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            await npm.EndAsync();
        }

        return folder;
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
