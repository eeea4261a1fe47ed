using System.Text;
using MicroFirmware.Serial;

namespace MicroFirmware.Micro.Consoles;

/// <summary>
/// The console of a board: one line out, one answer back. Log lines that come in between go to whoever listens. Every
/// call blocks, with a deadline.
/// </summary>
/// <param name="open">Opens the port; called again when it went away while the board restarted.</param>
/// <param name="time">The clock of the deadlines.</param>
internal sealed class BoardConsole(Func<SerialPort> open, TimeProvider time) : IDisposable
{
    /// <summary>Longest time for an answer that needs nothing from outside.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(20);

    // A board that is starting hears nothing for a while; its first words are tried this often.
    private static readonly TimeSpan s_helloInterval = TimeSpan.FromSeconds(1);

    // Short enough for Ctrl-C to feel immediate.
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(100);

    private const string LogMark = "# ";
    private const string BootMark = "# boot ";
    private const string Greeting = "microfirmware 1";

    private readonly byte[] _buffer = new byte[1024];
    private readonly Queue<string> _lines = new();
    private LineSplitter _splitter = new();
    private SerialPort? _port;
    private int _lastWord;

    /// <summary>Gets each log line, without its mark.</summary>
    public Action<string> Log { get; set; } = _ => { };

    /// <summary>Finds the console's place: drops what was typed before, and waits for the board to greet.</summary>
    /// <returns>False when nobody greeted in time.</returns>
    /// <exception cref="IOException">The port cannot be opened, or is gone.</exception>
    public bool Find(TimeSpan timeout, CancellationToken stop)
    {
        long started = time.GetTimestamp();
        _port ??= open();
        while (time.GetElapsedTime(started) < timeout)
        {
            // The word tells this greeting from one that was asked for by somebody before us.
            string word = $"m{++_lastWord}";
            Send("\u0003hello " + word);
            if (TryAwait(s_helloInterval, line => line == $"ok {Greeting} {word}", stop))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Types a line and waits for its answer.</summary>
    /// <exception cref="CommandFailure">No answer in time.</exception>
    /// <exception cref="IOException">The port is gone.</exception>
    public ConsoleReply Ask(string line, TimeSpan timeout, CancellationToken stop, Action<string>? onLine = null)
    {
        _lines.Clear();
        Send(line);
        var said = new List<string>();
        int code = 0;
        string words = "";
        bool ended = TryAwait(timeout, heard =>
        {
            bool isEnd = ConsoleReply.TryReadEnd(heard, out code, out words);
            if (!isEnd)
            {
                said.Add(heard);
                onLine?.Invoke(heard);
            }

            return isEnd;
        }, stop);
        return ended ? new ConsoleReply(said, code, words) : throw new CommandFailure(ExitCode.Unreachable,
            $"the board did not answer '{line.Split(' ')[0]}' within {timeout.TotalSeconds:0} s",
            "press its reset button and try again; micro monitor shows what it says");
    }

    /// <summary>Waits for the first line of a board that has restarted.</summary>
    /// <returns>False when it did not come in time.</returns>
    public bool AwaitBoot(TimeSpan timeout, CancellationToken stop)
    {
        long started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < timeout)
        {
            try
            {
                _port ??= open();
                return TryAwait(
                    timeout - time.GetElapsedTime(started),
                    line => line.StartsWith(BootMark, StringComparison.Ordinal), stop, isLogWanted: true);
            }
            catch (IOException)
            {
                // A board whose USB is the chip's own takes the port with it, and may have said its line by then.
                if (Reopen(timeout - time.GetElapsedTime(started), stop))
                {
                    return Find(timeout - time.GetElapsedTime(started), stop);
                }
            }
        }

        return false;
    }

    /// <summary>Closes the port.</summary>
    public void Dispose() => _port?.Dispose();

    private bool Reopen(TimeSpan timeout, CancellationToken stop)
    {
        long started = time.GetTimestamp();
        _port?.Dispose();
        _port = null;
        _splitter = new LineSplitter();
        while (_port is null && time.GetElapsedTime(started) < timeout)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                _port = open();
            }
            catch (IOException)
            {
                stop.WaitHandle.WaitOne(s_turn);
            }
        }

        return _port is not null;
    }

    private void Send(string line) => _port!.Write(Encoding.UTF8.GetBytes(line + "\r\n"));

    private bool TryAwait(
        TimeSpan timeout, Func<string, bool> isAwaited, CancellationToken stop, bool isLogWanted = false)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            while (_lines.TryDequeue(out string? line))
            {
                bool isLog = line.StartsWith(LogMark, StringComparison.Ordinal);
                if (isLog)
                {
                    Log(line[LogMark.Length..]);
                }

                if (isLog == isLogWanted && isAwaited(line))
                {
                    return true;
                }
            }

            stop.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(started) >= timeout)
            {
                return false;
            }

            int count = _port!.Read(_buffer, s_turn);
            foreach (string line in _splitter.Feed(_buffer.AsMemory(0, count)))
            {
                _lines.Enqueue(line);
            }
        }
    }
}
