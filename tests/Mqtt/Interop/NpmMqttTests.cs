using System.Runtime.CompilerServices;

namespace MicroFirmware.Mqtt.Tests.Interop;

/// <summary>npm's mqtt as a client of our broker; installed beside its script when it is missing.</summary>
public sealed class NpmMqttTests
{
    private static readonly Lazy<Task<string>> s_folder = new(InstallAsync);

    [ProgramFact("node", "npm")]
    public async Task Npm_mqtt_over_tcp_does_everything()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        await RunAsync($"mqtt://localhost:{host.Port}", "-");
    }

    [ProgramFact("node", "npm")]
    public async Task Npm_mqtt_over_tls_does_everything()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        await RunAsync($"mqtts://localhost:{host.TlsPort}", TestCertificates.WriteAuthority());
    }

    [ProgramFact("node", "npm")]
    public async Task Npm_mqtt_over_websocket_does_everything()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        await RunAsync($"ws://localhost:{host.WebPort}/mqtt", "-");
    }

    private static async Task RunAsync(string url, string ca)
    {
        string folder = await s_folder.Value;
        for (int qos = 0; qos <= 2; qos++)
        {
            using OutsideProgram node = OutsideProgram.StartIn(folder, "node", "scenario.js", url, $"{qos}", ca);
            List<string> expected =
            [
                $"npm/plain=hello@{qos}",
                $"npm/kept=kept@{qos}R",
                $"npm/will=gone@{qos}",
                "session present true",
            ];
            if (qos > 0)
            {
                expected.Add($"npm/asleep=while you slept@{qos}");
            }

            Assert.Equal(expected, await node.EndAsync());
        }
    }

    private static async Task<string> InstallAsync()
    {
        string folder = Path.Combine(ThisFolder(), "npm");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "mqtt")))
        {
            using OutsideProgram npm = OutsideProgram.StartIn(
                folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            await npm.EndAsync();
        }

        return folder;
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
