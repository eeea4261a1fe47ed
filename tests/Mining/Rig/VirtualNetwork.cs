using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests.Rig;

/// <summary>
/// What lies between one board and its gateway: work source and share channel, with every way to go wrong.
/// </summary>
internal sealed class VirtualNetwork(VirtualGateway gateway, VirtualBoard board) : IWorkSource, IShareChannel
{
    private readonly Queue<(long At, byte[]? Octets)> _answer = [];
    private readonly Queue<(long At, ChannelEventKind Kind, int Handle, string Topic, byte[] Payload)> _events = [];
    private ChannelOptions? _options;
    private int _nextHandle = 1;

    public bool IsHttpUp { get; set; } = true;

    /// <summary>Connections are made but nothing ever comes back.</summary>
    public bool IsHttpSilent { get; set; }

    public bool IsBrokerUp { get; set; } = true;

    /// <summary>The broker takes connections and answers none of them.</summary>
    public bool IsBrokerSilent { get; set; }

    /// <summary>Publishes arrive, and are judged, but no acknowledgement comes back.</summary>
    public bool LosesAcknowledgements { get; set; }

    /// <summary>Changes an HTTP answer on its way.</summary>
    public Func<byte[], byte[]> Tamper { get; set; } = answer => answer;

    public int LatencyMs { get; set; } = 10;

    /// <summary>How long the broker thinks before it lets a board in.</summary>
    public int AdmissionMs { get; set; }

    public int Requests { get; private set; }

    public int Openings { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>When the next thing arrives; <see cref="long.MaxValue"/> for never.</summary>
    public long NextEventAt => Math.Min(
        _answer.Count == 0 ? long.MaxValue : _answer.Peek().At, _events.Count == 0 ? long.MaxValue : _events.Peek().At);

    public List<(string Topic, byte[] Payload, bool Retain)> Published { get; } = [];

    public List<byte[]> SharesSent { get; } = [];

    void IWorkSource.Begin(GatewayAddress address, byte[] request)
    {
        Requests++;
        _answer.Clear();
        long at = board.NowMs + LatencyMs;
        if (!IsHttpUp)
        {
            _answer.Enqueue((at, null));
        }
        else if (!IsHttpSilent)
        {
            byte[] answer = Tamper(gateway.Answer(request));
            int half = answer.Length / 2;
            _answer.Enqueue((at, answer[..half]));
            _answer.Enqueue((at + 1, answer[half..]));
        }
    }

    TransferStatus IWorkSource.Poll(byte[] buffer, out int count)
    {
        count = 0;
        if (_answer.Count == 0 || _answer.Peek().At > board.NowMs)
        {
            return TransferStatus.Waiting;
        }

        (long at, byte[]? octets) = _answer.Dequeue();
        if (octets is null)
        {
            return TransferStatus.Failed;
        }

        count = Math.Min(buffer.Length, octets.Length);
        octets.AsSpan(0, count).CopyTo(buffer);
        if (count < octets.Length)
        {
            (long At, byte[]? Octets)[] rest = [(at, octets[count..]), .. _answer];
            _answer.Clear();
            Array.ForEach(rest, _answer.Enqueue);
        }

        return TransferStatus.Received;
    }

    void IWorkSource.End() => _answer.Clear();

    void IShareChannel.Open(ChannelOptions options)
    {
        _events.Clear();
        _options = options;
        Openings++;
        if (IsBrokerSilent)
        {
            return;
        }

        IsOpen = IsBrokerUp && gateway.Admits(options);
        Raise(IsOpen ? ChannelEventKind.Opened : ChannelEventKind.Closed, delayMs: AdmissionMs);
    }

    int IShareChannel.Publish(string topic, byte[] payload, byte qos, bool retain)
    {
        if (!IsOpen)
        {
            return 0;
        }

        int handle = _nextHandle++;
        Published.Add((topic, payload, retain));
        if (topic == Topics.Share(_options!.ClientId))
        {
            SharesSent.Add(payload);
            Verdict verdict = gateway.Judge(payload);
            if (!LosesAcknowledgements)
            {
                byte[] octets = new byte[Verdict.Length];
                verdict.Write(octets, 0);
                Deliver(Topics.Verdict(_options.ClientId), octets);
            }
        }

        if (qos == 1 && !LosesAcknowledgements)
        {
            Raise(ChannelEventKind.Acknowledged, handle);
        }

        return handle;
    }

    ChannelEventKind IShareChannel.Poll(ChannelEvent channelEvent)
    {
        if (_events.Count == 0 || _events.Peek().At > board.NowMs)
        {
            return ChannelEventKind.None;
        }

        (_, ChannelEventKind kind, channelEvent.Handle, channelEvent.Topic, channelEvent.Payload) = _events.Dequeue();
        return kind;
    }

    void IShareChannel.Close()
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

    public void Deliver(string topic, byte[] payload)
    {
        if (IsOpen)
        {
            _events.Enqueue((board.NowMs + LatencyMs, ChannelEventKind.Message, 0, topic, payload));
        }
    }

    public void Notify(bool clean)
    {
        byte[] octets = new byte[JobNotice.Length];
        new JobNotice { CleanJobs = clean, JobId = gateway.JobId, Height = (uint)gateway.JobId }.Write(octets, 0);
        Deliver(Topics.Job, octets);
    }

    private void Raise(ChannelEventKind kind, int handle = 0, int delayMs = 0) =>
        _events.Enqueue((board.NowMs + LatencyMs + delayMs, kind, handle, "", []));
}
