using MicroFirmware.Appliance;
using MicroFirmware.Emulator.Adapters;
using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Bench.Appliance;

/// <summary>All that a board needs around it, in one object that answers at once: work without shares, a
/// broker.</summary>
internal sealed class SoloBoard(TimeProvider time) : IWorkSource, IShareChannel, INetwork, IConsole, IClock
{
    private const string Device = "bench";

    private readonly byte[] _key = new byte[Limits.KeyLength];
    private byte[] _answer = [];
    private int _taken;
    private bool _isOpening;
    private int _handles;

    public NetworkStatus Status => NetworkStatus.Joined;

    public bool CanLookAround => false;

    public NetworkSeen[] Seen => [];

    public long NowMs => (long)(time.GetTimestamp() * (1000.0 / time.TimestampFrequency));

    public long UtcSeconds => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The firmware on this board.</summary>
    /// <param name="dutyPercent">How much of the time it may mine.</param>
    /// <param name="sliceMs">How long a slice may be.</param>
    public Supervisor Start(int dutyPercent, int sliceMs)
    {
        BoardSettings settings = new();
        foreach ((string name, string value) in new[]
        {
            ("device", Device), ("key", new string('0', 64)), ("gateway", "gateway"), ("tls", "off"),
            ("duty", $"{dutyPercent}"),
        })
        {
            settings.TrySet(name, value);
        }

        return new Supervisor(new ApplianceOptions { Settings = settings, SliceMs = sliceMs }, new AppliancePorts
        {
            Scanner = new UnrolledScanner(),
            WorkSource = this,
            Probe = this,
            ShareChannel = this,
            Store = new MemorySettingsStore(),
            Console = this,
            Clock = this,
            Board = new VirtualHardware(),
            Network = this,
        });
    }

    public void Begin(GatewayAddress gateway, byte[] request)
    {
        string text = Ascii.GetString(request, 0, request.Length);
        string value = text.Split("\r\n").Single(l => l.StartsWith("Authorization: ", StringComparison.Ordinal))[15..];
        Credential.TryParseHttp(value, out Credential credential);
        _taken = 0;
        _answer = credential.Counter == 0 ? Refuse() : Give(credential.Counter);
    }

    public TransferStatus Poll(byte[] buffer, out int count)
    {
        count = Math.Min(buffer.Length, _answer.Length - _taken);
        _answer.AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        return count == 0 ? TransferStatus.Closed : TransferStatus.Received;
    }

    public void End() => _answer = [];

    public void Open(ChannelOptions options) => _isOpening = true;

    public int Publish(string topic, byte[] payload, byte qos, bool retain) => ++_handles;

    public ChannelEventKind Poll(ChannelEvent channelEvent)
    {
        bool isOpened = _isOpening;
        _isOpening = false;
        return isOpened ? ChannelEventKind.Opened : ChannelEventKind.None;
    }

    public void Close() => _isOpening = false;

    public void Join(string name, string password)
    {
        // It is joined.
    }

    public void Leave()
    {
        // It stays.
    }

    public void AskTime(string server)
    {
        // The clock is right.
    }

    public void LookAround()
    {
        // There is nothing to see.
    }

    public int Read(byte[] buffer) => 0;

    public void WriteLine(string text)
    {
        // Nobody reads.
    }

    private byte[] Refuse()
    {
        string value = new Refusal { Code = RefusalCode.CounterReplayed }.ToHeaderValue(_key, Device);
        return Ascii.GetBytes($"HTTP/1.1 409 No\r\n{Refusal.HeaderName}: {value}\r\nContent-Length: 0\r\n\r\n");
    }

    private byte[] Give(ulong counter)
    {
        WorkRecord work = new()
        {
            ValiditySeconds = 600,
            JobId = counter,
            Lane = (uint)counter,
            Height = 1,
            Counter = counter,
            Header = new byte[Limits.HeaderWithoutNonceLength],
            LastNonce = uint.MaxValue,
            ShareTarget = Work.ToTarget(1ul << 60),
        };
        LittleEndian.WriteUInt64(work.Header, 4, counter);
        byte[] body = new byte[WorkRecord.Length];
        work.Write(body, 0, _key, Device);
        return [.. Ascii.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }
}
