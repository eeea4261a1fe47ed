using MicroFirmware.Appliance;
using MicroFirmware.Emulator.Adapters;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Boards;

/// <summary>
/// A virtual board as it comes out of the box: the firmware's whole life, from its first start without settings on,
/// with its console on a serial port of this machine. It runs on a thread of its own.
/// </summary>
public sealed class SerialBoard : IAsyncDisposable
{
    /// <summary>Short enough for the console to feel immediate.</summary>
    private const int SliceMs = 5;

    private readonly SerialBoardOptions _options;
    private readonly TimeProvider _time;
    private readonly PacedScanner _scanner;
    private readonly TerminalConsole _console;
    private readonly SocketWorkSource _workSource;
    private readonly SocketWorkSource _probe;
    private readonly MqttShareChannel _channel;
    private readonly BoardSchedule _schedule = new();
    private readonly BoardWorkers _workers;
    private readonly ScheduledBoard _place;
    private VirtualHardware _hardware = new();
    private volatile Supervisor? _supervisor;

    /// <summary>Powers the board on.</summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="time">Its clock.</param>
    /// <exception cref="IOException">The system has no pseudo-terminal to give.</exception>
    /// <exception cref="PlatformNotSupportedException">Windows has none.</exception>
    public SerialBoard(SerialBoardOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _scanner = new PacedScanner(options.Scanner, options.Pace, time);
        _console = new TerminalConsole(Wake);
        _workSource = new SocketWorkSource(Wake, Authority);
        _probe = new SocketWorkSource(Wake, Authority);
        _channel = new MqttShareChannel(time, Wake, Authority);
        Boot();
        _place = _schedule.Add(Step);
        _workers = new BoardWorkers(_schedule, time, 1);
    }

    /// <summary>The serial port its console is on, such as <c>/dev/pts/3</c>.</summary>
    public string PortName => _console.PortName;

    /// <summary>Where the board stands.</summary>
    public LifeState State => _supervisor!.State;

    /// <summary>What the miner has counted since the last start; null before there is one.</summary>
    public MinerStatistics? Statistics => _supervisor!.Statistics;

    /// <summary>How often the firmware has been started.</summary>
    public int Starts { get; private set; }

    /// <summary>The exception that the firmware ended with; null while it runs.</summary>
    public Exception? Fault => _place.Fault;

    /// <summary>Powers it off; its port is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _workers.Dispose();
        _console.Dispose();
        _workSource.Dispose();
        _probe.Dispose();
        await _channel.DisposeAsync();
    }

    // Octets may be typed before the board has its place; its first step reads them.
    private void Wake() => _place?.Wake();

    private byte[]? Authority() => _supervisor?.Settings.Authority;

    private long Step(long nowMs)
    {
        long dueMs = nowMs + _supervisor!.Step(nowMs);
        if (_hardware.IsRestartWanted)
        {
            Boot();
            dueMs = nowMs;
        }

        return dueMs;
    }

    private void Boot()
    {
        Starts++;
        _hardware = new VirtualHardware();
        new BootDrive(_options.Store, _options.Images).Start();
        _supervisor = new Supervisor(new ApplianceOptions { SliceMs = SliceMs }, new AppliancePorts
        {
            Scanner = _scanner,
            WorkSource = _workSource,
            Probe = _probe,
            ShareChannel = _channel,
            Store = _options.Store,
            Images = _options.Images,
            Console = _console,
            Clock = new ProcessClock(_time),
            Board = _hardware,
            Network = new HostNetwork(),
        });
    }
}
