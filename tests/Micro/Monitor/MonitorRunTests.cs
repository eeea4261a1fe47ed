using System.Threading.Channels;
using MicroFirmware.Micro.Monitor;
using MicroFirmware.Serial;

namespace MicroFirmware.Micro.Tests.Monitor;

/// <summary>The monitor on a real tty, with the cable in the test's hand.</summary>
public sealed class MonitorRunTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly LineWriter _output = new();
    private PseudoTerminal? _board;

    public void Dispose()
    {
        _stop.Cancel();
        _board?.Dispose();
        _stop.Dispose();
    }

    [UnixFact]
    public async Task Monitor_shows_lines_with_times_explains_a_start_and_comes_back_with_the_cable()
    {
        _board = PseudoTerminal.Open();
        MonitorRun run = new("board", () => Open(), _output, TimeProvider.System);
        Task running = Task.Run(() => run.Run(_stop.Token));
        await _output.UntilAsync("* connected to board; Ctrl-C ends");

        _board.Write("# boot 0.1.0\r\nring\aring\r\n"u8);
        await _output.UntilAsync("  # boot 0.1.0");
        await _output.UntilAsync("* the board has started, firmware 0.1.0");
        await _output.UntilAsync("  ring·ring");

        PseudoTerminal old = _board;
        _board = null;
        old.Dispose();
        await _output.UntilAsync("* board is gone; waiting for it");
        _board = PseudoTerminal.Open();
        await _output.UntilAsync("* board is back");
        _board.Write("again\n"u8);
        await _output.UntilAsync("  again");

        run.Type("status");
        byte[] typed = new byte[16];
        int count = _board.Read(typed, s_deadline);
        Assert.Equal("status\r\n"u8, typed.AsSpan(0, count));

        await _stop.CancelAsync();
        await running.WaitAsync(s_deadline);
    }

    [UnixFact]
    public void Monitor_of_a_port_that_was_never_there_fails_at_once()
    {
        MonitorRun run = new("board", () => Open(), _output, TimeProvider.System);

        Assert.Throws<IOException>(() => run.Run(_stop.Token));
    }

    private SerialPort Open() => SerialPort.Open(_board?.Name ?? "/dev/there-is-none");

    /// <summary>A terminal whose lines can be awaited; each begins with a time of 12 characters.</summary>
    private sealed class LineWriter : StringWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public override void WriteLine(string? value) => _lines.Writer.TryWrite(value!);

        public async Task UntilAsync(string line)
        {
            string heard;
            do
            {
                heard = await _lines.Reader.ReadAsync().AsTask().WaitAsync(s_deadline);
                Assert.Matches(@"^\d\d:\d\d:\d\d\.\d{3} [ *] ", heard);
            }
            while (heard[13..] != line);
        }
    }
}
