using System.Text;
using MicroFirmware.Slots;

namespace MicroFirmware.Appliance.Tests.Rig;

/// <summary>One board, its gateways, what lies between them, and time that passes only when told.</summary>
internal sealed class BoardWorld
{
    public const string Device = "board-1";

    public static readonly byte[] Key = [.. Enumerable.Range(0, Limits.KeyLength).Select(i => (byte)(i * 7))];

    private readonly Dictionary<string, GatewayLine> _lines = [];
    private readonly uint _seed;
    private uint _boots;

    /// <summary>Powers a board on.</summary>
    /// <param name="gateways">How many gateways there are, named gw-1 and so on.</param>
    /// <param name="seed">Of the board's jitter.</param>
    /// <param name="settings">Lines beyond the least, or null for a board without settings.</param>
    /// <param name="images">The slots for updates, or null.</param>
    public BoardWorld(int gateways = 1, uint seed = 1, string? settings = "", VirtualImages? images = null)
    {
        Images = images;
        _seed = seed;
        for (int i = 1; i <= gateways; i++)
        {
            _lines.Add($"gw-{i}", new GatewayLine($"gw-{i}", new LightGateway(Key, Device)));
        }

        Radio = new(Hardware);
        Scanner = new(Hardware);
        Fallback = new(Hardware);
        Work = new(this);
        Probe = new(this);
        Channel = new(this);
        if (settings is not null)
        {
            string text = $"device = {Device}\nkey = {Convert.ToHexStringLower(Key)}\ntls = off\n{settings}\n"
                + string.Concat(_lines.Keys.Select((h, i) => (i == 0 ? "gateway" : $"gateway-{i + 1}") + $" = {h}\n"));
            Drive["micro.txt"] = Encoding.UTF8.GetBytes(text);
        }

        Board = Boot();
    }

    public VirtualHardware Hardware { get; } = new();

    public VirtualDrive Drive { get; } = new();

    public VirtualImages? Images { get; }

    /// <summary>The slot that was started.</summary>
    public int Slot { get; private set; }

    /// <summary>Called after each start: an image may be one that does not work.</summary>
    public Action Started { get; set; } = () => { };

    public VirtualRadio Radio { get; }

    public PlantedScanner Scanner { get; }

    /// <summary>Takes the place of the firmware's own scanners in managed code, which would really hash.</summary>
    public PlantedScanner Fallback { get; }

    public VirtualSource Work { get; }

    public VirtualSource Probe { get; }

    public VirtualChannel Channel { get; }

    public Supervisor Board { get; private set; }

    public IReadOnlyList<GatewayLine> Lines => [.. _lines.Values];

    public int LatencyMs { get; set; } = 10;

    /// <summary>Calls of ports until the network is cut; null for never.</summary>
    public int? CutAfter { get; set; }

    /// <summary>Shares found by boards before the last restart.</summary>
    public long FoundBefore { get; private set; }

    /// <summary>Shares given up by boards before the last restart.</summary>
    public long DroppedBefore { get; private set; }

    /// <summary>Shares that waited when the power went.</summary>
    public HashSet<string> AtPowerLoss { get; } = [];

    public int Restarts { get; private set; }

    public int PowerLosses { get; private set; }

    public long Found => FoundBefore + (Board.Statistics?.SharesFound ?? 0);

    public long Dropped => DroppedBefore + (Board.Statistics?.SharesDropped ?? 0);

    public GatewayLine? LineOf(string host) =>
        Radio.Status == NetworkStatus.Joined ? _lines.GetValueOrDefault(host) : null;

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

    public void Cut()
    {
        Work.Cut();
        Probe.Cut();
        Channel.Cut();
    }

    public void LosePower()
    {
        PowerLosses++;
        if (Board.Life is { } life)
        {
            for (int gateway = 0; gateway < _lines.Count; gateway++)
            {
                ShareQueue queue = life.Vault.Of(gateway);
                AtPowerLoss.UnionWith(
                    Enumerable.Range(0, queue.Count).Select(i => Convert.ToHexString(queue.At(i).Record)));
            }
        }

        Restart();
    }

    public void Run(long ms)
    {
        long end = Hardware.NowMs + ms;
        while (Hardware.NowMs < end)
        {
            Step(end);
        }
    }

    public void RunUntil(Func<bool> condition, long limitMs = 600_000)
    {
        long end = Hardware.NowMs + limitMs;
        while (!condition())
        {
            Assert.True(Hardware.NowMs < end, "not in time: " + Describe());
            Step(end);
        }
    }

    public string Describe() =>
        $"{LifeStates.NameOf(Board.State)} {Board.Cause}, gateway {Board.GatewayHost}, waiting {Board.SharesWaiting}, "
        + $"starts {_boots}, power losses {PowerLosses}\n{string.Join('\n', Hardware.Lines.TakeLast(30))}";

    public void Send(CommandCode code, uint argument, ulong counter, string text = "", byte[]? key = null)
    {
        Command command = new() { Code = code, Argument = argument, Counter = counter, Text = text };
        byte[] octets = new byte[command.RecordLength];
        command.Write(octets, 0, key ?? Key, Device);
        Channel.Deliver(Topics.Command(Device), octets);
    }

    private void Step(long end)
    {
        try
        {
            int wait = Board.Step(Hardware.NowMs);
            Assert.InRange(wait, 0, 1000);
            Hardware.NowMs = Math.Max(Math.Min(NextEventAt(Hardware.NowMs + wait), end), Hardware.NowMs + 1);
        }
        catch (PowerLostException)
        {
            LosePower();
        }

        if (Hardware.IsRestartWanted)
        {
            Restarts++;
            Restart();
        }
    }

    // What arrives wakes the board; what has arrived and is not looked at wakes it no more.
    private long NextEventAt(long latest)
    {
        if (Hardware.HasTyped)
        {
            return Hardware.NowMs;
        }

        ReadOnlySpan<long> events =
        [
            Work.NextEventAt, Probe.NextEventAt, Channel.NextEventAt, Radio.NextEventAt,
            Scanner.NextShareAt, Fallback.NextShareAt,
        ];
        foreach (long at in events)
        {
            latest = at > Hardware.NowMs && at < latest ? at : latest;
        }

        return latest;
    }

    private void Restart()
    {
        FoundBefore = Found;
        DroppedBefore = Dropped;
        Channel.Close();
        Work.End();
        Probe.End();
        Radio.Forget();
        Scanner.Stop();
        Fallback.Stop();
        Hardware.UtcSeconds = 0;
        Hardware.IsRestartWanted = false;
        Board = Boot();
        Started();
    }

    private Supervisor Boot()
    {
        while (true)
        {
            try
            {
                _boots++;
                if (Images is not null)
                {
                    Assert.NotNull(Starter.Choose(new BootDrive(Drive, Images), out int slot));
                    Slot = slot;
                }

                return new Supervisor(new ApplianceOptions { Seed = _seed + (_boots * 7919) }, PortsOf());
            }
            catch (PowerLostException)
            {
                PowerLosses++;
            }
        }
    }

    private AppliancePorts PortsOf() => new()
    {
        Scanner = Scanner,
        Fallback = Fallback,
        WorkSource = Work,
        Probe = Probe,
        ShareChannel = Channel,
        Store = Drive,
        Images = Images,
        Console = Hardware,
        Clock = Hardware,
        Board = Hardware,
        Network = Radio,
    };
}
