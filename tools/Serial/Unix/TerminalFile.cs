using System.Runtime.InteropServices;

namespace MicroFirmware.Serial.Unix;

/// <summary>
/// A terminal's descriptor that two threads may use and a third may close: closing wakes whoever waits, and the
/// descriptor's number is given back only when nobody uses it any more.
/// </summary>
internal sealed class TerminalFile : SafeHandle
{
    // A line that takes nothing for this long is not connected to anything that reads.
    private static readonly TimeSpan s_writeTimeout = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly int _wakeRead;
    private readonly int _wakeWrite;
    private volatile bool _isClosing;

    public unsafe TerminalFile(int file, string name)
        : base(-1, ownsHandle: true)
    {
        _name = name;
        int* ends = stackalloc int[2];
        if (LibC.Pipe(ends) != 0)
        {
            IOException error = UnixError.Last(name);
            _ = LibC.Close(file);
            throw error;
        }

        (_wakeRead, _wakeWrite) = (ends[0], ends[1]);
        SetHandle(file);
    }

    public override bool IsInvalid => handle < 0;

    /// <summary>Octets as they are, at this rate, without regard to control lines; the lines stay on close.</summary>
    public unsafe void MakeRaw(int baudRate)
    {
        byte* termios = stackalloc byte[LibC.TermiosOctets];
        if (LibC.GetAttributes((int)handle, termios) != 0)
        {
            throw UnixError.Last(_name);
        }

        LibC.MakeRaw(termios);
        _ = LibC.SetSpeed(termios, BaudRates.CodeOf(baudRate));
        ControlFlags.Set(termios);
        if (LibC.SetAttributes((int)handle, 0, termios) != 0)
        {
            throw UnixError.Last(_name);
        }
    }

    /// <summary>Waits for octets; 0 when the time is over.</summary>
    public unsafe int Read(Span<byte> buffer, TimeSpan timeout)
    {
        using Use use = new(this);
        if (!Wait(LibC.PollIn, timeout))
        {
            return 0;
        }

        fixed (byte* start = buffer)
        {
            nint count = LibC.Read((int)handle, start, (nuint)buffer.Length);
            return count switch
            {
                > 0 => (int)count,
                < 0 when Marshal.GetLastPInvokeError() is int e && (e == LibC.WouldBlock || e == LibC.Interrupted) => 0,
                _ => throw Gone(),
            };
        }
    }

    /// <summary>Writes as much as the line takes at once, 0 when it is full.</summary>
    public unsafe int TryWrite(ReadOnlySpan<byte> octets)
    {
        using Use use = new(this);
        fixed (byte* start = octets)
        {
            nint count = LibC.Write((int)handle, start, (nuint)octets.Length);
            return count >= 0 ? (int)count
                : Marshal.GetLastPInvokeError() is int e && (e == LibC.WouldBlock || e == LibC.Interrupted) ? 0
                : throw Gone();
        }
    }

    /// <summary>Writes all of it.</summary>
    public void Write(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            using Use use = new(this);
            if (!Wait(LibC.PollOut, s_writeTimeout))
            {
                throw new IOException($"{_name} takes nothing: is a board connected, and is it on?");
            }

            octets = octets[TryWrite(octets)..];
        }
    }

    /// <summary>Keeps other programs out, or lets them in again.</summary>
    /// <exception cref="IOException">Another program has the terminal.</exception>
    public unsafe void SetExclusive(bool isExclusive)
    {
        // The lock ends with the descriptor; the terminal's own mode, which programs without locks heed, does not.
        if (isExclusive && LibC.Lock((int)handle, LibC.LockExclusive | LibC.LockAtOnce) != 0)
        {
            throw UnixError.InUse(_name);
        }

        using Use use = new(this);
        _ = LibC.Control((int)handle, isExclusive ? LibC.TakeExclusive : LibC.GiveExclusive, null);
    }

    /// <summary>Sets and clears modem lines; a terminal that has none takes no notice.</summary>
    public unsafe void SetLines(int set, int clear)
    {
        using Use use = new(this);
        _ = LibC.Control((int)handle, LibC.ClearModemLines, &clear);
        _ = LibC.Control((int)handle, LibC.SetModemLines, &set);
    }

    /// <summary>Wakes whoever waits, and closes.</summary>
    public unsafe void Shut()
    {
        if (!_isClosing)
        {
            _isClosing = true;
            byte wake = 0;
            _ = LibC.Write(_wakeWrite, &wake, 1);
            Dispose();
        }
    }

    protected override bool ReleaseHandle()
    {
        _ = LibC.Close(_wakeRead);
        _ = LibC.Close(_wakeWrite);
        return LibC.Close((int)handle) == 0;
    }

    private unsafe bool Wait(short wanted, TimeSpan timeout)
    {
        PollEntry* entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { File = (int)handle, Wanted = wanted };
        entries[1] = new PollEntry { File = _wakeRead, Wanted = LibC.PollIn };
        int ready = LibC.Poll(entries, 2, (int)Math.Min(timeout.TotalMilliseconds, int.MaxValue));
        if (_isClosing)
        {
            throw Gone();
        }

        // A terminal that hung up may still have something to read: reading finds out.
        bool hungUp = (entries[0].Happened & LibC.PollGone) != 0 && (entries[0].Happened & wanted) == 0;
        return ready > 0 && hungUp ? throw Gone() : ready > 0;
    }

    private IOException Gone() => new($"{_name} is gone: the cable was pulled, or the port was closed.");

    /// <summary>Keeps the descriptor's number while a call uses it.</summary>
    private readonly ref struct Use
    {
        private readonly TerminalFile _file;

        public Use(TerminalFile file)
        {
            bool isHeld = false;
            try
            {
                file.DangerousAddRef(ref isHeld);
            }
            catch (ObjectDisposedException)
            {
                throw file.Gone();
            }

            _file = file;
        }

        public void Dispose() => _file.DangerousRelease();
    }
}
