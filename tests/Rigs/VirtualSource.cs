using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Rigs;

/// <summary>One connection at a time to whichever gateway is asked.</summary>
internal sealed class VirtualSource(VirtualNetwork network) : IWorkSource
{
    private readonly Queue<(long At, byte[]? Octets)> _answer = [];

    public int Requests { get; private set; }

    public long NextEventAt => _answer.Count == 0 ? long.MaxValue : _answer.Peek().At;

    public void Begin(GatewayAddress address, byte[] request)
    {
        network.Await();
        Requests++;
        _answer.Clear();
        long at = network.NowMs + network.LatencyMs;
        GatewayLine? line = network.LineOf(address.Host);
        if (line is null || !line.IsHttpUp)
        {
            _answer.Enqueue((at, null));
        }
        else if (!line.IsHttpSilent)
        {
            byte[] answer = line.Gateway.Answer(request);
            answer = line.Tamper?.Invoke(answer) ?? answer;
            int half = answer.Length / 2;
            _answer.Enqueue((at, answer[..half]));
            _answer.Enqueue((at + 1, answer[half..]));
            _answer.Enqueue((at + 2, null));
        }
    }

    public TransferStatus Poll(byte[] buffer, out int count)
    {
        network.Await();
        count = 0;
        if (NextEventAt > network.NowMs)
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

        return count == 0 ? TransferStatus.Waiting : TransferStatus.Received;
    }

    public void End() => _answer.Clear();

    /// <summary>The connection breaks.</summary>
    public void Cut()
    {
        if (_answer.Count > 0)
        {
            _answer.Clear();
            _answer.Enqueue((network.NowMs, null));
        }
    }
}
