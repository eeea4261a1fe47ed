using System.Diagnostics;
using System.Globalization;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Bench.Mqtt;

/// <summary>
/// The time from publish to PUBACK of 20 well-behaved clients (QoS 1, 50 messages a second each, taken in process),
/// first alone, then beside every abuser there is. The broker has budgets for publishes and connects, as an operator on
/// an open network would set them. All share one machine; the abusers' process has a lower priority, since it is not
/// their processor time that is in question.
/// </summary>
internal sealed class AbuseBench : IBench
{
    private const int Clients = 20;
    private const int Runs = 5;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(3);

    public string Name => "abuse";

    public string Description => "p50 and p99 of publish to PUBACK of good clients: quiet, and beside all abusers";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        if (args is ["attack", var port])
        {
            // Abusers bring machines of their own: here theirs must not count as the broker's.
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
            await Abusers.AttackAsync(int.Parse(port, CultureInfo.InvariantCulture));
            return [];
        }

        var options = new BrokerOptions { MaxPacketsPerSecond = 100, MaxConnectsPerAddressPerSecond = 200 };
        List<double> quiet50 = [], quiet99 = [], beside50 = [], beside99 = [];
        for (int run = 0; run < Runs; run++)
        {
            await using BenchBroker host = await BenchBroker.StartAsync(options);
            host.Broker.Handle("good/+", new Accepts());
            (double quietMiddle, double quietHigh) = await MeasureAsync(host.Port);
            await using ClientProcess abusers = ClientProcess.Start(Name, "attack", $"{host.Port}");
            await abusers.ReadLineAsync();
            (double middle, double high) = await MeasureAsync(host.Port);
            string tally = await abusers.EndAsync();
            Console.WriteLine($"run {run + 1}: p50 {quietMiddle:f2} ms quiet, {middle:f2} ms beside {tally}");
            Console.WriteLine($"       p99 {quietHigh:f2} ms quiet, {high:f2} ms beside");
            quiet50.Add(quietMiddle);
            quiet99.Add(quietHigh);
            beside50.Add(middle);
            beside99.Add(high);
        }

        return
        [
            new Figure("abuse.quiet.p50", Figure.Median(quiet50), "ms"),
            new Figure("abuse.p50", Figure.Median(beside50), "ms"),
            new Figure("abuse.quiet.p99", Figure.Median(quiet99), "ms"),
            new Figure("abuse.p99", Figure.Median(beside99), "ms"),
            new Figure("abuse.ratio", Figure.Median(beside99) / Figure.Median(quiet99), "times"),
        ];
    }

    private static async Task<(double P50, double P99)> MeasureAsync(int port)
    {
        List<double>[] all = await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(i => Task.Run(() => MeasureClientAsync(port, i))));
        double[] sorted = [.. all.SelectMany(l => l).Order()];
        return (sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100]);
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

    /// <summary>The budget for connects may be spent by others from the same address: then a second later.</summary>
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
}
