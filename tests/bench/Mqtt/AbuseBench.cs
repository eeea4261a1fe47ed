using System.Diagnostics;
using System.Globalization;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Bench.Mqtt;

/// <summary>
/// The time from publish to PUBACK of 20 well-behaved clients (QoS 1, 50 messages a second each, taken in process),
/// first alone, then beside every abuser there is, from the same address; each pair of windows makes one ratio, so that
/// what else the machine does falls on both. The broker has budgets for publishes and connects, as an operator on an
/// open network would set them. All share one machine; the abusers' process has the lowest priority, since it is not
/// their processor time that is in question. With names of groups (<see cref="Abusers.Groups"/>) only those attack.
/// </summary>
internal sealed class AbuseBench : IBench
{
    private const int Clients = 20;
    private const int Runs = 7;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    // Longer than the broker holds those it will close, so that they come again within it.
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(6);

    public string Name => "abuse";

    public string Description => "p50 and p99 of publish to PUBACK of good clients: quiet, and beside all abusers";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        if (args is ["attack", var port, .. var groups])
        {
            // Abusers bring machines of their own: here theirs must not count as the broker's.
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.Idle;
            await Abusers.AttackAsync(int.Parse(port, CultureInfo.InvariantCulture), groups);
            return [];
        }

        string[] chosen = args.Length > 0 ? args : Abusers.Groups;
        var pairs = new List<(Window Quiet, Window Beside)>();
        for (int run = 1; run <= Runs; run++)
        {
            pairs.Add(await MeasurePairAsync(run, chosen));
        }

        return
        [
            new Figure("abuse.quiet.p50", Figure.Median([.. pairs.Select(p => p.Quiet.P50)]), "ms"),
            new Figure("abuse.p50", Figure.Median([.. pairs.Select(p => p.Beside.P50)]), "ms"),
            new Figure("abuse.quiet.p99", Figure.Median([.. pairs.Select(p => p.Quiet.P99)]), "ms"),
            new Figure("abuse.p99", Figure.Median([.. pairs.Select(p => p.Beside.P99)]), "ms"),
            new Figure("abuse.ratio.p50", Figure.Median([.. pairs.Select(p => p.Beside.P50 / p.Quiet.P50)]), "times"),
            new Figure("abuse.ratio", Figure.Median([.. pairs.Select(p => p.Beside.P99 / p.Quiet.P99)]), "times"),
        ];
    }

    private async Task<(Window Quiet, Window Beside)> MeasurePairAsync(int run, string[] groups)
    {
        var options = new BrokerOptions
        {
            MaxPacketsPerSecond = 100,
            MaxConnectsPerAddressPerSecond = 200,
            MaxConnectsPerSecond = 1_000,
        };
        await using BenchBroker host = await BenchBroker.StartAsync(options);
        host.Broker.Handle("good/+", new Accepts());
        Window quiet = await MeasureAsync(host.Port);
        await using ClientProcess abusers = ClientProcess.Start([Name, "attack", $"{host.Port}", .. groups]);
        await abusers.ReadLineAsync();
        Window beside = await MeasureAsync(host.Port);
        Console.WriteLine($"run {run}: quiet  {quiet}");
        Console.WriteLine($"       beside {beside}; {await abusers.EndAsync()}");
        return (quiet, beside);
    }

    private static async Task<Window> MeasureAsync(int port)
    {
        using var self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        List<double>[] all = await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(i => Task.Run(() => MeasureClientAsync(port, i))));
        self.Refresh();
        double[] sorted = [.. all.SelectMany(l => l).Order()];
        return new Window(
            sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100], self.TotalProcessorTime - before);
    }

    private static async Task<List<double>> MeasureClientAsync(int port, int number)
    {
        await using MqttClient client = await ConnectPatientlyAsync(port, $"good-{number}");
        using var timer = new PeriodicTimer(s_interval);
        var times = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_duration && await timer.WaitForNextTickAsync())
        {
            long sent = Stopwatch.GetTimestamp();
            await client.PublishAsync($"good/{number}", new byte[52], QualityOfService.AtLeastOnce);
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return times;
    }

    /// <summary>Others from the same address may have filled its line for connects.</summary>
    private static async Task<MqttClient> ConnectPatientlyAsync(int port, string clientId)
    {
        while (true)
        {
            try
            {
                return await MqttClient.ConnectAsync(new MqttClientOptions { Port = port, ClientId = clientId });
            }
            catch (MqttException)
            {
                await Task.Yield();
            }
        }
    }

    private sealed class Accepts : IPublishHandler
    {
        public void Handle(InboundPublish publish) => publish.Acknowledge();
    }

    /// <summary>What one window showed; the processor time is that of broker and good clients.</summary>
    private sealed record Window(double P50, double P99, TimeSpan Processor)
    {
        public override string ToString() =>
            $"p50 {P50:f2} ms, p99 {P99:f2} ms, {Processor.TotalMilliseconds:f0} ms of processor";
    }
}
