using System.Diagnostics;
using System.Security.Cryptography;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Storage;

namespace MicroFirmware.Bench.Shares;

/// <summary>A gateway with a million registered devices: how long it takes to start, and what a device costs.</summary>
public sealed class DevicesBench : IBench
{
    private const int Devices = 1_000_000;
    private const int Runs = 5;

    public string Name => "devices";

    public string Description => "start-up time and memory of a gateway with 1,000,000 registered devices";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        string directory = Directory.CreateTempSubdirectory("devices-").FullName;
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Storage.DataDirectory = directory;
        try
        {
            Fill(options.Storage);
            List<double> seconds = [];
            List<double> octets = [];
            long before = GC.GetTotalMemory(forceFullCollection: true);
            for (int run = 0; run < Runs; run++)
            {
                (double time, long held) = await StartAsync(options);
                double memory = (double)(held - before) / Devices;
                Console.WriteLine($"run {run + 1}: {time:0.00} s, {memory:0} bytes a device");
                seconds.Add(time);
                octets.Add(memory);
            }

            return
            [
                new Figure($"{Name}.start", Figure.Median(seconds), "s"),
                new Figure($"{Name}.memory", Figure.Median(octets), "bytes"),
            ];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(double Seconds, long HeldOctets)> StartAsync(GatewayOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        await using GatewayHost gateway =
            GatewayHost.Create(options, TimeProvider.System, new Random(1), new EasyUpstream());
        await gateway.StartAsync();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long held = GC.GetTotalMemory(forceFullCollection: true);
        if (gateway.Statistics.Devices != Devices)
        {
            throw new InvalidOperationException($"{gateway.Statistics.Devices} devices of {Devices} were loaded.");
        }

        return (seconds, held);
    }

    private static void Fill(StorageOptions options)
    {
        using DataDirectory directory = new(options);
        using Database database = directory.Open();
        Statement device = database.Prepare(
            "INSERT INTO devices(id, name, key, registered_ms) VALUES(?1, ?2, ?3, 1800000000000)");
        Statement state = database.Prepare("INSERT INTO device_state(device, counter) VALUES(?1, ?2)");
        database.Execute("BEGIN");
        for (int i = 1; i <= Devices; i++)
        {
            byte[] key = SHA256.HashData(BitConverter.GetBytes(i));
            device.Bind(1, i).Bind(2, $"board-{i:d7}").Bind(3, key).Run();
            state.Bind(1, i).Bind(2, (long)i << 32).Run();
        }

        database.Execute("COMMIT");
    }
}
