using System.Globalization;
using System.Text;
using MicroFirmware.Micro.Consoles;
using MicroFirmware.Serial;

namespace MicroFirmware.Micro.Monitor;

/// <summary>
/// Shows what a board says, each line with its time; says what a restart means; comes back when the cable does.
/// </summary>
/// <param name="port">The port's name.</param>
/// <param name="open">Opens it.</param>
/// <param name="output">Where lines go.</param>
/// <param name="time">The clock of the time stamps.</param>
internal sealed class MonitorRun(string port, Func<SerialPort> open, TextWriter output, TimeProvider time)
{
    // Half a second: a board is plugged in once a minute at most, and nobody waits for more.
    private static readonly TimeSpan s_retryInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly byte[] _buffer = new byte[4096];
    private SerialPort? _open;

    /// <summary>Runs until the caller stops it.</summary>
    /// <param name="stop">Ends it, in order.</param>
    /// <exception cref="IOException">The port cannot be opened at the start: it has to be there once.</exception>
    public void Run(CancellationToken stop)
    {
        Connect(open());
        Note($"connected to {port}; Ctrl-C ends");
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Show(stop);
            }
            catch (IOException)
            {
                Disconnect();
                Note($"{port} is gone; waiting for it");
                Reconnect(stop);
            }
        }

        Disconnect();
    }

    /// <summary>Types a line at the board's console; one that is typed while the cable is out is lost.</summary>
    public void Type(string line)
    {
        lock (_gate)
        {
            try
            {
                _open?.Write(Encoding.UTF8.GetBytes(line + "\r\n"));
            }
            catch (IOException)
            {
                // The reader finds out too, and says so.
            }
        }
    }

    private void Show(CancellationToken stop)
    {
        var splitter = new LineSplitter();
        while (!stop.IsCancellationRequested)
        {
            int count = _open!.Read(_buffer, s_turn);
            foreach (string line in splitter.Feed(_buffer.AsMemory(0, count)))
            {
                Write(' ', line);
                if (BootText.Explain(line) is { } meaning)
                {
                    Note(meaning);
                }
            }
        }
    }

    private void Reconnect(CancellationToken stop)
    {
        while (!stop.WaitHandle.WaitOne(s_retryInterval))
        {
            try
            {
                Connect(open());
                Note($"{port} is back");
                return;
            }
            catch (IOException)
            {
                // Not yet.
            }
        }
    }

    private void Connect(SerialPort opened)
    {
        lock (_gate)
        {
            _open = opened;
        }
    }

    private void Disconnect()
    {
        lock (_gate)
        {
            _open?.Dispose();
            _open = null;
        }
    }

    private void Note(string text) => Write('*', text);

    private void Write(char mark, string text)
    {
        string stamp = time.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        output.WriteLine($"{stamp} {mark} {Clean(text)}");
    }

    /// <summary>What a board sends must not move the cursor, ring or colour.</summary>
    private static string Clean(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '·' : c)) : text;
}
