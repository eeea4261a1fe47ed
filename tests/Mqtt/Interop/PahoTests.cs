using System.Runtime.CompilerServices;

namespace MicroFirmware.Mqtt.Tests.Interop;

/// <summary>paho (Debian's python3-paho-mqtt) as a client of our broker.</summary>
public sealed class PahoTests
{
    private const string Python = "/usr/bin/python3";
    private const string Paho = "/usr/lib/python3/dist-packages/paho/mqtt/client.py";

    [ProgramFact(Python, Paho)]
    public async Task Paho_over_tcp_does_everything()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        await RunAsync("tcp", host.Port, "-");
    }

    [ProgramFact(Python, Paho)]
    public async Task Paho_over_tls_does_everything()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        await RunAsync("tcp", host.TlsPort, TestCertificates.WriteAuthority());
    }

    [ProgramFact(Python, Paho)]
    public async Task Paho_over_websocket_does_everything()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        await RunAsync("websockets", host.WebPort, "-");
    }

    private static async Task RunAsync(string transport, int port, string ca)
    {
        string script = Path.Combine(ThisFolder(), "paho_scenario.py");
        for (int qos = 0; qos <= 2; qos++)
        {
            using OutsideProgram python = OutsideProgram.Start(Python, script, transport, $"{port}", $"{qos}", ca);
            List<string> expected =
            [
                $"paho/plain=hello@{qos}",
                $"paho/kept=kept@{qos}R",
                $"paho/will=gone@{qos}",
                $"paho/kept=@{qos}",
                "session present 1",
            ];
            if (qos > 0)
            {
                expected.Add($"paho/asleep/deep=while you slept@{qos}");
            }

            Assert.Equal(expected, await python.EndAsync());
        }
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
