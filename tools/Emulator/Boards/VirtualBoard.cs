using MicroFirmware.Emulator.Adapters;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Boards;

/// <summary>
/// A board without hardware: the firmware's own miner on .NET adapters. It runs only while <see cref="Step"/> is
/// called, by one thread at a time; everything else may be called from any thread.
/// </summary>
public sealed class VirtualBoard : IAsyncDisposable
{
    /// <summary>Short enough for thousands of boards to take turns, long against the clock's millisecond.</summary>
    private const int SliceMs = 5;

    private readonly VirtualBoardOptions _options;
    private readonly TimeProvider _time;
    private readonly PacedScanner _scanner;
    private readonly SocketWorkSource _workSource;
    private readonly MqttShareChannel _channel;
    private readonly List<(Func<VirtualBoard, bool> Condition, TaskCompletionSource Met)> _waits = [];
    private VirtualHardware _hardware = new();
    private volatile Miner _miner;

    /// <summary>Powers the board on.</summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="time">Its clock.</param>
    public VirtualBoard(VirtualBoardOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _scanner = new PacedScanner(options.Scanner, options.Pace, time);
        _workSource = new SocketWorkSource(Wake, () => options.Authority);
        _channel = new MqttShareChannel(time, Wake, () => options.Authority);
        _miner = Boot();
    }

    /// <summary>The board's device id.</summary>
    public string Id => _options.Identity.Id;

    /// <summary>What the miner is doing.</summary>
    public MinerState State => _miner.State;

    /// <summary>What the miner has counted since the last restart.</summary>
    public MinerStatistics Statistics => _miner.Statistics;

    /// <summary>How often the firmware has been started.</summary>
    public int Starts { get; private set; }

    /// <summary>Shares found since the last restart that have no verdict, for whatever reason.</summary>
    public long Unanswered
    {
        get
        {
            MinerStatistics statistics = Statistics;
            return (long)statistics.SharesFound - statistics.Accepted - statistics.Rejected;
        }
    }

    /// <summary>Shares of these whose verdict may still come: all but those the board has given up.</summary>
    public long Outstanding => Unanswered - Statistics.SharesDropped;

    /// <summary>Its place in a schedule; null while it has none.</summary>
    internal ScheduledBoard? Place { get; set; }

    /// <summary>Does a bounded piece of work.</summary>
    /// <returns>When to call next, milliseconds on the same clock.</returns>
    public long Step(long nowMs)
    {
        long dueMs = nowMs + _miner.Step(nowMs);
        if (_hardware.IsRestartWanted)
        {
            _miner = Boot();
            dueMs = nowMs;
        }

        MeetConditions();
        return dueMs;
    }

    /// <summary>Stops scanning for good; what was found is still sent and verdicts still arrive.</summary>
    public void HoldScanning() => _scanner.Hold();

    /// <summary>Completes once a condition holds after a step; it is checked on the board's thread.</summary>
    public Task When(Func<VirtualBoard, bool> condition)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waits)
        {
            _waits.Add((condition, met));
        }

        Wake();
        return met.Task;
    }

    /// <summary>Leaves the broker in order. Only after the last step.</summary>
    public async ValueTask DisposeAsync()
    {
        _workSource.Dispose();
        await _channel.DisposeAsync();
    }

    private void Wake() => Place?.Wake();

    private Miner Boot()
    {
        Starts++;
        _hardware = new VirtualHardware();
        var ports = new MinerPorts
        {
            Scanner = _scanner,
            WorkSource = _workSource,
            ShareChannel = _channel,
            Store = _options.Store,
            Console = new LineConsole(_options.Console),
            Clock = new ProcessClock(_time),
            Board = _hardware,
        };
        var options = new MinerOptions
        {
            DeviceId = _options.Identity.Id,
            Key = _options.Identity.Key,
            Gateway = _options.Gateway,
            Seed = BitConverter.ToUInt32(_options.Identity.Key),
            SliceMs = SliceMs,
        };
        return new Miner(options, ports);
    }

    private void MeetConditions()
    {
        lock (_waits)
        {
            for (int i = _waits.Count - 1; i >= 0; i--)
            {
                if (_waits[i].Condition(this))
                {
                    _waits[i].Met.SetResult();
                    _waits.RemoveAt(i);
                }
            }
        }
    }
}
