using System.Runtime.InteropServices;
using MicroFirmware.Serial.Unix;

namespace MicroFirmware.Serial;

/// <summary>
/// A serial port whose other end is this process: whoever opens <see cref="Name"/> talks to it. Octets pass as they
/// are, also while nobody has opened it; what does not fit the system's few KB is dropped.
/// </summary>
public sealed class PseudoTerminal : IDisposable
{
    private readonly TerminalFile _master;
    private readonly TerminalFile _slave;

    private PseudoTerminal(string name, TerminalFile master, TerminalFile slave) =>
        (Name, _master, _slave) = (name, master, slave);

    /// <summary>The port's device file, such as <c>/dev/pts/3</c>.</summary>
    public string Name { get; }

    /// <summary>Makes one.</summary>
    /// <exception cref="IOException">The system has none to give.</exception>
    /// <exception cref="PlatformNotSupportedException">Windows has no pseudo-terminals.</exception>
    public static unsafe PseudoTerminal Open()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException();
        }

        int number = LibC.OpenPseudoTerminal(LibC.ReadWrite | LibC.NoControllingTerminal);
        if (number < 0 || LibC.GrantPseudoTerminal(number) != 0 || LibC.UnlockPseudoTerminal(number) != 0)
        {
            throw UnixError.Last("pseudo-terminal");
        }

        int on = 1;
        _ = LibC.Control(number, LibC.CloseOnExecControl, null);
        _ = LibC.Control(number, LibC.NonBlockingControl, &on);

        // The name is in libc's own storage, good until the next call on this thread's behalf.
        string name = Marshal.PtrToStringUTF8(LibC.NameOfPseudoTerminal(number))!;
        TerminalFile master = new(number, name);

        // Held open so that the line's settings, and what was written, survive a visitor's coming and going.
        int slaveNumber = LibC.Open(
            name, LibC.ReadWrite | LibC.NoControllingTerminal | LibC.NonBlocking | LibC.CloseOnExec);
        if (slaveNumber < 0)
        {
            IOException error = UnixError.Last(name);
            master.Shut();
            throw error;
        }

        TerminalFile slave = new(slaveNumber, name);
        slave.MakeRaw(SerialPort.DefaultBaudRate);
        return new PseudoTerminal(name, master, slave);
    }

    /// <summary>Waits for what was typed at the other end.</summary>
    /// <returns>How many octets; 0 when the time is over.</returns>
    /// <exception cref="IOException">The terminal was closed.</exception>
    public int Read(Span<byte> buffer, TimeSpan timeout) => _master.Read(buffer, timeout);

    /// <summary>Sends octets to the other end, as many as fit; never waits.</summary>
    /// <returns>How many were taken.</returns>
    /// <exception cref="IOException">The terminal was closed.</exception>
    public int Write(ReadOnlySpan<byte> octets) => _master.TryWrite(octets);

    /// <summary>Pulls the cable: whoever has the port open finds it gone.</summary>
    public void Dispose()
    {
        _slave.Shut();
        _master.Shut();
    }
}
