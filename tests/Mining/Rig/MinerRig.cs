using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests.Rig;

/// <summary>One board, its gateway, the network between them, and time that passes only when told.</summary>
internal sealed class MinerRig
{
    public const string Device = "board-1";

    public static readonly byte[] Key = [.. Enumerable.Range(0, Limits.KeyLength).Select(i => (byte)(i * 7))];

    private readonly INonceScanner? _scanner;

    public MinerRig(Func<VirtualBoard, INonceScanner>? scanner = null, uint seed = 1, int hashesPerSecond = 500)
    {
        Gateway = new(Key, Device);
        Network = new(Gateway, Board);
        Recorder = new(Board, hashesPerSecond);
        _scanner = scanner?.Invoke(Board);
        Seed = seed;
        Miner = Boot();
    }

    public VirtualBoard Board { get; } = new();

    public VirtualGateway Gateway { get; }

    public VirtualNetwork Network { get; }

    public RecordingScanner Recorder { get; }

    public uint Seed { get; }

    public Miner Miner { get; private set; }

    public MinerStatistics Statistics => Miner.Statistics;

    /// <summary>Starts the board anew: all but the flash is gone.</summary>
    public void Reboot()
    {
        Network.Cut();
        Miner = Boot();
    }

    public void Run(int ms, Action? eachStep = null)
    {
        long end = Board.NowMs + ms;
        while (Board.NowMs < end)
        {
            Step();
            eachStep?.Invoke();
        }
    }

    /// <summary>Runs until something is so.</summary>
    public void RunUntil(Func<bool> condition, int limitMs = 120000)
    {
        long end = Board.NowMs + limitMs;
        while (!condition())
        {
            Assert.True(Board.NowMs < end, "not in time:\n" + string.Join('\n', Board.Lines.TakeLast(30)));
            Step();
        }
    }

    public void Send(CommandCode code, uint argument, ulong counter, byte[]? key = null)
    {
        byte[] octets = new byte[Command.Length];
        new Command { Code = code, Argument = argument, Counter = counter }.Write(octets, 0, key ?? Key, Device);
        Network.Deliver(Topics.Command(Device), octets);
    }

    // The scanner moves the clock too, so the wait is added after the step. What arrives wakes the board.
    private void Step()
    {
        int wait = Miner.Step(Board.NowMs);
        Assert.InRange(wait, 0, 1000);
        Board.NowMs = Math.Min(Board.NowMs + Math.Max(wait, 1), Math.Max(Network.NextEventAt, Board.NowMs + 1));
    }

    private Miner Boot()
    {
        MinerOptions options = new()
        {
            DeviceId = Device,
            Key = Key,
            Gateway = new("gateway", 8080, 1883, false),
            Seed = Seed,
            SliceMs = 50,
        };
        return new Miner(options, new MinerPorts
        {
            Scanner = _scanner ?? Recorder,
            WorkSource = Network,
            ShareChannel = Network,
            Store = Board,
            Console = Board,
            Clock = Board,
            Board = Board,
        });
    }
}
