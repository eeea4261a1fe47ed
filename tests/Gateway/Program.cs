using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Crash;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;

// A gateway in a process of its own, so that a test can kill it: arguments are its directory and the boards to enrol.
// It says where it listens and serves until it is killed; it ends when its standard input does, so none is left over.
GatewayOptions options = new();
options.Http.Port = 0;
options.Mqtt.Port = 0;
options.Shares.MinWork = 1;
options.Shares.StartWork = 1;
options.Storage.DataDirectory = args[0];

// Often, so that kills come while work is booked.
options.Rewards.Interval = TimeSpan.FromMilliseconds(100);
FixedUpstream upstream = new();
upstream.Publish(1, RunningGateway.BlockWork);
Random random = new(Environment.ProcessId);
await using GatewayHost host = GatewayHost.Create(options, TimeProvider.System, random, upstream);
await host.StartAsync();
for (int i = 0; i < int.Parse(args[1]); i++)
{
    await host.EnrolAsync(ChildGateway.BoardId(i), TestStore.Key);
}

Console.WriteLine($"{host.HttpEndPoint.Port} {host.MqttEndPoint.Port}");
await Console.In.ReadLineAsync();
