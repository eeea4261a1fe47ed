using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Tests.Interop;

/// <summary>Debian's mosquitto_pub and mosquitto_sub as clients of our broker.</summary>
public sealed class MosquittoTests
{
    private static readonly string[] s_v311 = ["-h", "localhost", "-V", "mqttv311"];

    [ProgramFact("mosquitto_pub", "mosquitto_sub")]
    public async Task Mosquitto_sub_gets_what_mosquitto_pub_publishes_at_each_quality()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        for (int qos = 0; qos <= 2; qos++)
        {
            using OutsideProgram reader = Sub(
                host.Port, "-t", $"t/{qos}", "-q", $"{qos}", "-C", "2", "-F", "%t=%p q%q");
            await Until(() => host.Broker.FindSession("sub")?.HasSubscribed($"t/{qos}") is true);
            await Pub(host.Port, "-t", $"t/{qos}", "-q", $"{qos}", "-m", "one");
            await Pub(host.Port, "-t", $"t/{qos}", "-q", $"{qos}", "-m", "two");
            Assert.Equal([$"t/{qos}=one q{qos}", $"t/{qos}=two q{qos}"], await reader.EndAsync());
        }
    }

    [ProgramFact("mosquitto_pub", "mosquitto_sub")]
    public async Task Mosquitto_sub_gets_a_retained_message_with_the_flag()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        await Pub(host.Port, "-t", "kept/here", "-q", "1", "-r", "-m", "kept");

        using OutsideProgram reader = Sub(
            host.Port, "-t", "kept/#", "-q", "1", "-C", "1", "-F", "%t=%p q%q retained %r");

        Assert.Equal(["kept/here=kept q1 retained 1"], await reader.EndAsync());
    }

    [ProgramFact("mosquitto_sub")]
    public async Task Mosquitto_sub_that_is_killed_leaves_its_will()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        var inbox = new Inbox();
        await using var watcher = await host.ConnectAsync("watcher", inbox.Put);
        await watcher.SubscribeAsync("status", QualityOfService.AtLeastOnce);
        using OutsideProgram reader = Sub(
            host.Port, "-t", "any", "--will-topic", "status", "--will-payload", "offline", "--will-qos", "1");
        await Until(() => host.Broker.FindSession("sub")?.HasSubscribed("any") is true);

        reader.Kill();

        Assert.Equal("status=offline@1", await inbox.NextAsync());
    }

    [ProgramFact("mosquitto_pub", "mosquitto_sub")]
    public async Task Mosquitto_sub_with_a_kept_session_gets_what_it_missed()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        await Sub(host.Port, "-c", "-t", "missed", "-q", "2", "-E").EndAsync();
        await Pub(host.Port, "-t", "missed", "-q", "1", "-m", "first");
        await Pub(host.Port, "-t", "missed", "-q", "2", "-m", "second");

        using OutsideProgram reader = Sub(host.Port, "-c", "-t", "missed", "-q", "2", "-C", "2", "-F", "%p q%q");

        Assert.Equal(["first q1", "second q2"], await reader.EndAsync());
    }

    [ProgramFact("mosquitto_pub", "mosquitto_sub")]
    public async Task Mosquitto_over_tls_trusts_the_authority_it_is_given()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        string ca = TestCertificates.WriteAuthority();
        await Pub(host.TlsPort, "--cafile", ca, "-t", "secret", "-q", "1", "-r", "-m", "over tls");

        using OutsideProgram reader = Sub(host.TlsPort, "--cafile", ca, "-t", "secret", "-C", "1");

        Assert.Equal(["over tls"], await reader.EndAsync());
    }

    [ProgramFact("mosquitto_pub")]
    public async Task Mosquitto_pub_sends_many_lines_that_all_arrive_in_order()
    {
        const int count = 2_000;
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        var inbox = new Inbox();
        await using var reader = await host.ConnectAsync("reader", inbox.Put);
        await reader.SubscribeAsync("lines", QualityOfService.ExactlyOnce);
        string file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, count).Select(i => $"{i}"));

        using OutsideProgram writer = OutsideProgram.Start(
            "sh", "-c", $"mosquitto_pub -h localhost -V mqttv311 -p {host.Port} -t lines -q 2 -l < {file}");

        for (int i = 0; i < count; i++)
        {
            Assert.Equal($"lines={i}@2", await inbox.NextAsync());
        }

        await writer.EndAsync();
        File.Delete(file);
    }

    private static OutsideProgram Sub(int port, params string[] arguments) =>
        OutsideProgram.Start("mosquitto_sub", [.. s_v311, "-i", "sub", "-p", $"{port}", .. arguments]);

    private static Task<string[]> Pub(int port, params string[] arguments) =>
        OutsideProgram.RunAsync("mosquitto_pub", [.. s_v311, "-p", $"{port}", .. arguments]);

    private static Task Until(Func<bool> condition) => Waiting.UntilAsync(condition);
}
