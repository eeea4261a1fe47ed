using System.Text;
using MicroFirmware.Slots;

namespace MicroFirmware.Appliance.Tests.Rig;

/// <summary>One board, its gateways, what lies between them, and time that passes only when told.</summary>
internal sealed class BoardWorld
{
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
        Radio = new(Hardware);
        Scanner = new(Hardware);
        Fallback = new(Hardware);
        Network = new(Hardware, [.. Enumerable.Range(1, gateways).Select(NewLine)])
        {
            IsJoined = () => Radio.Status == NetworkStatus.Joined,
        };
        if (settings is not null)
        {
            string text = $"device = {KnownBoard.Device}\nkey = {Convert.ToHexStringLower(KnownBoard.Key)}\n"
                + $"tls = off\n{settings}\n"
                + string.Concat(Lines.Select((l, i) => (i == 0 ? "gateway" : $"gateway-{i + 1}") + $" = {l.Host}\n"));
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

    public VirtualNetwork Network { get; }

    public IReadOnlyList<GatewayLine> Lines => Network.Lines;

    public Supervisor Board { get; private set; }

    /// <summary>Shares found by boards before the last restart.</summary>
    public long FoundBefore { get; private set; }

    /// <summary>Shares given up by boards before the last restart.</summary>
    public long DroppedBefore { get; private set; }

    /// <summary>Shares that waited when the power went.</summary>
    public HashSet<string> AtPowerLoss { get; } = [];

    public int Restarts => Hardware.Restarts;

    public int PowerLosses { get; private set; }

    public long Found => FoundBefore + (Board.Statistics?.SharesFound ?? 0);

    public long Dropped => DroppedBefore + (Board.Statistics?.SharesDropped ?? 0);

    public void LosePower()
    {
        PowerLosses++;
        if (Board.Life is { } life)
        {
            for (int gateway = 0; gateway < Lines.Count; gateway++)
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
        command.Write(octets, 0, key ?? KnownBoard.Key, KnownBoard.Device);
        Network.Channel.Deliver(Topics.Command(KnownBoard.Device), octets);
    }

    private static GatewayLine NewLine(int number) =>
        new($"gw-{number}", VirtualGateway.Light(KnownBoard.Key, KnownBoard.Device));

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
            Network.Work.NextEventAt, Network.Probe.NextEventAt, Network.Channel.NextEventAt, Radio.NextEventAt,
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
        Network.Forget();
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
        WorkSource = Network.Work,
        Probe = Network.Probe,
        ShareChannel = Network.Channel,
        Store = Drive,
        Images = Images,
        Console = Hardware,
        Clock = Hardware,
        Board = Hardware,
        Network = Radio,
    };
}
