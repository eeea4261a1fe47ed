using System.Text;
using MicroFirmware.Mining;
using MicroFirmware.Serial;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>
/// The console of a virtual board as a serial port of this machine: a pseudo-terminal that any program can open.
/// </summary>
public sealed class TerminalConsole : IConsole, IDisposable
{
    // As much as a board's own port holds: what is typed faster than the board reads is lost, as on a real line.
    private const int MaxWaiting = 4096;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1);

    private readonly PseudoTerminal _terminal;
    private readonly Action _onTyped;
    private readonly Lock _gate = new();
    private readonly Queue<byte> _typed = new();
    private readonly Thread _reader;
    private byte[] _unsent = [];

    /// <summary>Opens a port.</summary>
    /// <param name="onTyped">Called from a thread of the console's own when there is something to read.</param>
    /// <exception cref="IOException">The system has no pseudo-terminal to give.</exception>
    /// <exception cref="PlatformNotSupportedException">Windows has none.</exception>
    public TerminalConsole(Action onTyped)
    {
        _onTyped = onTyped;
        _terminal = PseudoTerminal.Open();
        _reader = new Thread(Listen) { IsBackground = true, Name = _terminal.Name };
        _reader.Start();
    }

    /// <summary>The port to open, such as <c>/dev/pts/3</c>.</summary>
    public string PortName => _terminal.Name;

    /// <inheritdoc/>
    public int Read(byte[] buffer)
    {
        lock (_gate)
        {
            int count = Math.Min(buffer.Length, _typed.Count);
            for (int i = 0; i < count; i++)
            {
                buffer[i] = _typed.Dequeue();
            }

            return count;
        }
    }

    /// <inheritdoc/>
    public void WriteLine(string text)
    {
        try
        {
            // A line that was begun is ended first; one for which there is no room is dropped whole.
            if (TrySend(_unsent))
            {
                TrySend(Encoding.Latin1.GetBytes(text + "\r\n"));
            }
        }
        catch (IOException)
        {
            // The port is closed: the board goes on without it.
        }
    }

    /// <summary>Pulls the cable.</summary>
    public void Dispose()
    {
        _terminal.Dispose();
        _reader.Join();
    }

    private bool TrySend(byte[] octets)
    {
        int taken = octets.Length == 0 ? 0 : _terminal.Write(octets);
        bool isBegun = taken > 0 || octets == _unsent;
        _unsent = isBegun ? octets[taken..] : _unsent;
        return _unsent.Length == 0;
    }

    private void Listen()
    {
        byte[] buffer = new byte[256];
        try
        {
            while (true)
            {
                int count = _terminal.Read(buffer, s_turn);
                if (count > 0)
                {
                    Take(buffer.AsSpan(0, count));
                    _onTyped();
                }
            }
        }
        catch (IOException)
        {
            // The cable was pulled.
        }
    }

    private void Take(ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            foreach (byte octet in octets)
            {
                if (_typed.Count < MaxWaiting)
                {
                    _typed.Enqueue(octet);
                }
            }
        }
    }
}
