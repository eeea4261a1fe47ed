using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.System.Tests.Proofs;

/// <summary>
/// A board with the firmware's own miner and nothing around it: its broker is a queue, its clock the test's. What it
/// finds may be altered before it leaves, by somebody who has its key.
/// </summary>
internal sealed class ProofBoard : IWorkSource, IShareChannel, ISettingsStore, IConsole, IClock, IBoard
{
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly Queue<(ChannelEventKind Kind, byte[] Payload)> _events = [];
    private readonly Dictionary<ulong, (byte[] Octets, long UntilMs)> _tasks = [];
    private readonly Miner _miner;
    private byte[]? _answer;
    private int _handle;

    public ProofBoard(string id, byte[] key)
    {
        (Id, Key) = (id, key);
        MinerOptions options = new()
        {
            DeviceId = id,
            Key = key,
            Gateway = new GatewayAddress("gateway", 8080, 1883, false),
        };
        _miner = new Miner(options, new MinerPorts
        {
            Scanner = new UnrolledScanner(),
            WorkSource = this,
            ShareChannel = this,
            Store = this,
            Console = this,
            Clock = this,
            Board = this,
        });
        Write("boot", []);
    }

    public string Id { get; }

    public byte[] Key { get; }

    /// <summary>Changes what was found out, in place.</summary>
    public Action<ProofFinding> Lie { get; set; } = _ => { };

    /// <summary>Gets every finding that leaves.</summary>
    public Action<byte[]> Published { get; set; } = _ => { };

    /// <summary>Whether the board gets and sends anything.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether it has something to check, and time left for it.</summary>
    public bool IsBusy => _tasks.Values.Any(task => NowMs < task.UntilMs);

    public long NowMs { get; set; }

    public long UtcSeconds => 0;

    public long FreeMemory => Telemetry.Unknown;

    public long Temperature => Telemetry.Unknown;

    public long Rssi => Telemetry.Unknown;

    /// <summary>Does what is due.</summary>
    public void Step() => _miner.Step(NowMs);

    /// <summary>A task arrives.</summary>
    public bool Deliver(byte[] task)
    {
        Assert.Equal(ParseStatus.Done, ProofTask.Parse(task, 0, task.Length, out ProofTask read));
        _tasks[read.Id] = (task, NowMs + (1000 * read.Seconds));
        _events.Enqueue((ChannelEventKind.Message, task));
        return IsOpen;
    }

    public void Begin(GatewayAddress gateway, byte[] request)
    {
        // The gateway says where its counter stands, so that the board may connect to the broker.
        string text = Ascii.GetString(request, 0, request.Length);
        string value = text.Split("\r\n").Single(l => l.StartsWith("Authorization: "))["Authorization: ".Length..];
        Assert.True(Credential.TryParseHttp(value, out Credential credential));
        _answer = Refuse(credential.Counter);
    }

    public TransferStatus Poll(byte[] buffer, out int count)
    {
        count = _answer?.Length ?? 0;
        _answer?.CopyTo(buffer, 0);
        TransferStatus status = _answer is null ? TransferStatus.Closed : TransferStatus.Received;
        _answer = null;
        return status;
    }

    public void End() => _answer = null;

    public void Open(ChannelOptions options)
    {
        Assert.Contains(Topics.Proof(Id), options.Subscriptions);
        _events.Enqueue((ChannelEventKind.Opened, []));
    }

    public int Publish(string topic, byte[] payload, byte qos, bool retain)
    {
        if (topic == Topics.Finding(Id))
        {
            Assert.Equal(
                ParseStatus.Done, ProofFinding.Parse(payload, 0, payload.Length, out ProofFinding finding));
            Lie(finding);
            byte[] octets = new byte[ProofFinding.Length];
            Assert.True(_tasks.Remove(finding.Id, out (byte[] Octets, long UntilMs) task));
            finding.Write(octets, 0, task.Octets, Key, Id);
            Published(octets);
        }

        return ++_handle;
    }

    public ChannelEventKind Poll(ChannelEvent channelEvent)
    {
        if (!_events.TryDequeue(out (ChannelEventKind Kind, byte[] Payload) next))
        {
            return ChannelEventKind.None;
        }

        IsOpen = true;
        channelEvent.Topic = Topics.Proof(Id);
        channelEvent.Payload = next.Payload;
        return next.Kind;
    }

    public void Close() => IsOpen = false;

    public byte[] Read(string name) => _files.GetValueOrDefault(name)!;

    public bool Write(string name, byte[] content)
    {
        _files[name] = content;
        return true;
    }

    public int Read(byte[] buffer) => 0;

    public void WriteLine(string text)
    {
    }

    public void FeedWatchdog()
    {
    }

    public void Identify(int seconds)
    {
    }

    public void Restart()
    {
    }

    private byte[] Refuse(ulong counter)
    {
        Refusal refusal = new()
        {
            Code = counter == 0 ? RefusalCode.CounterReplayed : RefusalCode.NoWork,
            RetryAfterSeconds = 3600,
            Counter = counter,
        };
        return Ascii.GetBytes($"HTTP/1.1 503 No\r\n{Refusal.HeaderName}: {refusal.ToHeaderValue(Key, Id)}\r\n"
            + "Content-Length: 0\r\n\r\n");
    }
}
