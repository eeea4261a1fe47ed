using MicroFirmware.Protocol;
using MicroFirmware.Rigs;

namespace MicroFirmware.Mining.Tests.Rig;

/// <summary>One board, its gateway, the network between them, and time that passes only when told.</summary>
internal sealed class MinerRig
{
    private readonly INonceScanner? _scanner;

    public MinerRig(Func<VirtualHardware, INonceScanner>? scanner = null, uint seed = 1, int hashesPerSecond = 500)
    {
        Line = new("gateway", Gateway);
        Network = new(Hardware, Line);
        Network.Channel.Heard = (topic, payload, retain) => Published.Add((topic, payload, retain));
        Recorder = new(Hardware, hashesPerSecond);
        _scanner = scanner?.Invoke(Hardware);
        Seed = seed;
        Miner = Boot();
    }

    public VirtualHardware Hardware { get; } = new();

    public VirtualDrive Drive { get; } = new();

    public VirtualGateway Gateway { get; } = new(KnownBoard.Key, KnownBoard.Device);

    public GatewayLine Line { get; }

    public VirtualNetwork Network { get; }

    public List<(string Topic, byte[] Payload, bool Retain)> Published { get; } = [];

    public IEnumerable<byte[]> SharesSent =>
        Published.Where(p => p.Topic == Topics.Share(KnownBoard.Device)).Select(p => p.Payload);

    public RecordingScanner Recorder { get; }

    public uint Seed { get; }

    public Miner Miner { get; private set; }

    public MinerStatistics Statistics => Miner.Statistics;

    /// <summary>Starts the board anew: all but the flash is gone.</summary>
    public void Reboot()
    {
        Network.Forget();
        Miner = Boot();
    }

    public void Run(int ms, Action? eachStep = null)
    {
        long end = Hardware.NowMs + ms;
        while (Hardware.NowMs < end)
        {
            Step();
            eachStep?.Invoke();
        }
    }

    /// <summary>Runs until something is so.</summary>
    public void RunUntil(Func<bool> condition, int limitMs = 120000)
    {
        long end = Hardware.NowMs + limitMs;
        while (!condition())
        {
            Assert.True(Hardware.NowMs < end, "not in time:\n" + string.Join('\n', Hardware.Lines.TakeLast(30)));
            Step();
        }
    }

    public void Send(CommandCode code, uint argument, ulong counter, byte[]? key = null)
    {
        byte[] octets = new byte[Command.Length];
        Command command = new() { Code = code, Argument = argument, Counter = counter };
        command.Write(octets, 0, key ?? KnownBoard.Key, KnownBoard.Device);
        Network.Channel.Deliver(Topics.Command(KnownBoard.Device), octets);
    }

    /// <summary>Tells the board of the gateway's job.</summary>
    public void Notify(bool clean)
    {
        byte[] octets = new byte[JobNotice.Length];
        new JobNotice { CleanJobs = clean, JobId = Gateway.JobId, Height = (uint)Gateway.JobId }.Write(octets, 0);
        Network.Channel.Deliver(Topics.Job, octets);
    }

    // The scanner moves the clock too, so the wait is added after the step. What arrives wakes the board.
    private void Step()
    {
        int wait = Miner.Step(Hardware.NowMs);
        Assert.InRange(wait, 0, 1000);
        long next = Math.Max(Network.NextEventAt, Hardware.NowMs + 1);
        Hardware.NowMs = Math.Min(Hardware.NowMs + Math.Max(wait, 1), next);
    }

    private Miner Boot()
    {
        MinerOptions options = new()
        {
            DeviceId = KnownBoard.Device,
            Key = KnownBoard.Key,
            Gateway = new("gateway", 8080, 1883, false),
            Seed = Seed,
            SliceMs = 50,
        };
        return new Miner(options, new MinerPorts
        {
            Scanner = _scanner ?? Recorder,
            WorkSource = Network.Work,
            ShareChannel = Network.Channel,
            Store = Drive,
            Console = Hardware,
            Clock = Hardware,
            Board = Hardware,
        });
    }
}
