using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Rigs;

/// <summary>The connection to the broker of whichever gateway is asked.</summary>
internal sealed class VirtualChannel(VirtualNetwork network) : IShareChannel
{
    private readonly Queue<(long At, ChannelEventKind Kind, int Handle, string Topic, byte[] Payload)> _events = [];
    private GatewayLine? _line;
    private string _device = "";
    private int _nextHandle = 1;

    public bool IsOpen { get; private set; }

    public int Openings { get; private set; }

    /// <summary>The last telemetry.</summary>
    public byte[] Telemetry { get; private set; } = [];

    /// <summary>The last status.</summary>
    public string Status { get; private set; } = "";

    /// <summary>Gets everything that is published, with its topic and whether it is retained.</summary>
    public Action<string, byte[], bool>? Heard { get; set; }

    public long NextEventAt => _events.Count == 0 ? long.MaxValue : _events.Peek().At;

    public void Open(ChannelOptions options)
    {
        network.Await();
        _events.Clear();
        Openings++;
        _device = options.ClientId;
        _line = network.LineOf(options.Gateway.Host);
        if (_line is { IsBrokerSilent: true })
        {
            return;
        }

        IsOpen = _line is { IsBrokerUp: true } && _line.Gateway.Admits(options);
        Raise(IsOpen ? ChannelEventKind.Opened : ChannelEventKind.Closed, delayMs: _line?.AdmissionMs ?? 0);
    }

    public int Publish(string topic, byte[] payload, byte qos, bool retain)
    {
        network.Await();
        if (!IsOpen)
        {
            return 0;
        }

        int handle = _nextHandle++;
        Heard?.Invoke(topic, payload, retain);
        bool isHeard = !_line!.LosesAcknowledgements;
        if (topic == Topics.Share(_device))
        {
            Verdict verdict = _line.Gateway.Judge(payload);
            if (isHeard)
            {
                byte[] octets = new byte[Verdict.Length];
                verdict.Write(octets, 0);
                Deliver(Topics.Verdict(_device), octets);
            }
        }

        Telemetry = topic == Topics.Telemetry(_device) ? payload : Telemetry;
        Status = topic == Topics.Status(_device) ? Ascii.GetString(payload, 0, payload.Length) : Status;
        if (qos == 1 && isHeard)
        {
            Raise(ChannelEventKind.Acknowledged, handle);
        }

        return handle;
    }

    public ChannelEventKind Poll(ChannelEvent channelEvent)
    {
        network.Await();
        if (NextEventAt > network.NowMs)
        {
            return ChannelEventKind.None;
        }

        (_, ChannelEventKind kind, channelEvent.Handle, channelEvent.Topic, channelEvent.Payload) = _events.Dequeue();
        return kind;
    }

    public void Close()
    {
        IsOpen = false;
        _events.Clear();
    }

    /// <summary>The connection breaks; what was on its way is lost.</summary>
    public void Cut()
    {
        if (IsOpen)
        {
            IsOpen = false;
            _events.Clear();
            Raise(ChannelEventKind.Closed);
        }
    }

    /// <summary>A message for the board; lost where nobody listens.</summary>
    public void Deliver(string topic, byte[] payload)
    {
        if (IsOpen)
        {
            _events.Enqueue((network.NowMs + network.LatencyMs, ChannelEventKind.Message, 0, topic, payload));
        }
    }

    private void Raise(ChannelEventKind kind, int handle = 0, int delayMs = 0) =>
        _events.Enqueue((network.NowMs + network.LatencyMs + delayMs, kind, handle, "", []));
}
