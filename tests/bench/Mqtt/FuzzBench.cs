using System.Diagnostics;
using System.Globalization;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Tests.Fuzz;

namespace MicroFirmware.Bench.Mqtt;

/// <summary>
/// Ten million packets, right, nearly right or noise, against a broker in memory: no unhandled exception, no connection
/// left, and no memory that grows. Arguments: packets, seed.
/// </summary>
internal sealed class FuzzBench : IBench
{
    private const long DefaultPackets = 10_000_000;
    private const int DefaultSeed = 311;
    private const int Slices = 10;

    public string Name => "fuzz";

    public string Description => "seeded protocol fuzzer: 10 million packets, no exception, no leak (packets, seed)";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        long packets = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : DefaultPackets;
        int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : DefaultSeed;
        var errors = new ErrorLog();
        var options = new BrokerOptions { MaxQueuedMessages = 100, PenaltyTime = TimeSpan.Zero };
        using var broker = new MqttBroker(options, new OpenAuthority(), TimeProvider.System, errors);
        broker.Handle("share", new Accepts());
        long start = Stopwatch.GetTimestamp();
        long sent = 0;
        var heaps = new List<double>();
        for (int slice = 0; slice < Slices; slice++)
        {
            var fuzzer = new BrokerFuzzer(seed + (1_000 * slice), broker, errors);
            string? failure = await fuzzer.RunAsync(packets / Slices);
            sent += fuzzer.Sent;
            heaps.Add(GC.GetTotalMemory(forceFullCollection: true) / 1024.0);
            Console.WriteLine($"{sent} packets, heap {heaps[^1]:f0} KiB, {broker.SessionCount} sessions");
            if (failure is not null)
            {
                throw new InvalidOperationException(failure);
            }
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return
        [
            new Figure(Name, sent, "packets"),
            new Figure($"{Name}.rate", sent / seconds, "packets/s"),
            new Figure($"{Name}.growth", heaps[^1] - heaps[1], "KiB"),
        ];
    }

    private sealed class Accepts : IPublishHandler
    {
        public void Handle(InboundPublish publish) => publish.Acknowledge();
    }
}
