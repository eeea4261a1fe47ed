using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Storage;

namespace MicroFirmware.Mqtt.Tests;

/// <summary>
/// A conversation with a broker, a line a step: <c>a&gt; PACKET</c> client a sends, <c>a&lt; PACKET</c> client a gets
/// exactly this next, <c>a&lt; CLOSED</c> the broker closes, <c>a&lt; nothing</c> nothing has come, <c>a cut</c> the
/// connection breaks, <c>wait SECONDS</c> time passes, <c>restart</c> the broker ends and another one takes its store.
/// A client's first line opens its connection; after CLOSED or cut the same name opens a new one.
/// </summary>
internal sealed class Script : IDisposable
{
    private readonly Dictionary<string, RawClient> _clients = [];
    private readonly string? _file;
    private readonly BrokerOptions _options;
    private readonly IBrokerAuthority _authority;
    private ISessionStore? _store;

    private Script(BrokerOptions? options, IBrokerAuthority? authority, bool stored)
    {
        _options = options ?? new BrokerOptions { SysInterval = TimeSpan.Zero };
        _authority = authority ?? new OpenAuthority();
        _file = stored ? Path.GetTempFileName() : null;
        Broker = Start();
    }

    public ManualTime Time { get; } = new();

    public MqttBroker Broker { get; private set; }

    /// <summary>Runs a conversation to its end.</summary>
    public static async Task RunAsync(
        string lines, BrokerOptions? options = null, IBrokerAuthority? authority = null, bool stored = false)
    {
        using var script = new Script(options, authority, stored);
        await script.PlayAsync(lines);
    }

    /// <summary>Runs a conversation twice: with a store and without.</summary>
    public static async Task RunBothAsync(string lines)
    {
        await RunAsync(lines);
        await RunAsync(lines, stored: true);
    }

    public void Dispose()
    {
        Broker.Dispose();
        _store?.Dispose();
        if (_file is not null)
        {
            Array.ForEach(["", "-wal", "-shm"], s => File.Delete(_file + s));
        }
    }

    private MqttBroker Start()
    {
        _store = _file is null ? null : new SqliteSessionStore(_file);
        return new MqttBroker(_options, _authority, Time, null, _store);
    }

    private async Task PlayAsync(string lines)
    {
        int number = 0;
        foreach (string line in lines.Split('\n'))
        {
            number++;
            try
            {
                await PlayLineAsync(line.Trim());
            }
            catch (Exception e)
            {
                Assert.Fail($"line {number}: {line.Trim()}\n{e.Message}");
            }
        }
    }

    private async Task PlayLineAsync(string line)
    {
        string[] words = line.Split(' ', 2);
        switch (words[0])
        {
            case "":
                break;
            case "wait":
                Time.Advance(TimeSpan.FromSeconds(double.Parse(words[1], null)));
                break;
            case "restart":
                Broker.Dispose();
                _store?.Dispose();
                _clients.Clear();
                Broker = Start();
                break;
            case [.. var name, '>']:
                await Client(name).SendAsync(words[1]);
                break;
            case [.. var name, '<']:
                await ExpectAsync(name, words[1]);
                break;
            default:
                Client(words[0]).Cut();
                await _clients[words[0]].Served.WaitAsync(TimeSpan.FromSeconds(60));
                _clients.Remove(words[0]);
                break;
        }
    }

    private async Task ExpectAsync(string name, string expected)
    {
        RawClient client = Client(name);
        if (expected == "nothing")
        {
            await client.SendAsync("PINGREQ");
            expected = "PINGRESP";
        }

        Assert.Equal(expected, await client.NextAsync());
        if (expected == "CLOSED")
        {
            await client.Served.WaitAsync(TimeSpan.FromSeconds(60));
            _clients.Remove(name);
        }
    }

    private RawClient Client(string name)
    {
        if (!_clients.TryGetValue(name, out RawClient? client))
        {
            client = new RawClient(Broker, lockstep: true);
            _clients.Add(name, client);
        }

        return client;
    }
}
