using MicroFirmware.Mining;

namespace MicroFirmware.Rigs;

/// <summary>
/// What lies between one board and its gateways: a line to each, the connections over them, and every way to go wrong.
/// </summary>
internal sealed class VirtualNetwork
{
    private readonly IClock _clock;
    private readonly GatewayLine[] _lines;

    public VirtualNetwork(IClock clock, params GatewayLine[] lines)
    {
        (_clock, _lines) = (clock, lines);
        Work = new VirtualSource(this);
        Probe = new VirtualSource(this);
        Channel = new VirtualChannel(this);
    }

    public VirtualSource Work { get; }

    /// <summary>Where work is asked for besides: whether a gateway is back.</summary>
    public VirtualSource Probe { get; }

    public VirtualChannel Channel { get; }

    public IReadOnlyList<GatewayLine> Lines => _lines;

    /// <summary>Whether the board is in the network at all.</summary>
    public Func<bool> IsJoined { get; init; } = () => true;

    /// <summary>How long everything takes.</summary>
    public int LatencyMs { get; set; } = 10;

    /// <summary>Calls of ports until the network is cut; null for never.</summary>
    public int? CutAfter { get; set; }

    public long NowMs => _clock.NowMs;

    /// <summary>When the next thing arrives; <see cref="long.MaxValue"/> for never.</summary>
    public long NextEventAt => Math.Min(Math.Min(Work.NextEventAt, Probe.NextEventAt), Channel.NextEventAt);

    public GatewayLine? LineOf(string host) => IsJoined() ? Array.Find(_lines, line => line.Host == host) : null;

    /// <summary>Every call of a port passes here: the network may be cut at any of them.</summary>
    public void Await()
    {
        if (CutAfter is int left)
        {
            CutAfter = left == 0 ? null : left - 1;
            if (left == 0)
            {
                Cut();
            }
        }
    }

    /// <summary>All connections break; what was on its way is lost.</summary>
    public void Cut()
    {
        Work.Cut();
        Probe.Cut();
        Channel.Cut();
    }

    /// <summary>The board is gone, and nobody is left to hear it.</summary>
    public void Forget()
    {
        Channel.Close();
        Work.End();
        Probe.End();
    }
}
