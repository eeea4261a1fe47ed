using MicroFirmware.Serial.Unix;
using MicroFirmware.Serial.Windows;

namespace MicroFirmware.Serial;

/// <summary>
/// An open serial port: 8 data bits, no parity, 1 stop bit, no flow control, octets as they are. One thread may read
/// while another writes.
/// </summary>
public abstract class SerialPort : IDisposable
{
    /// <summary>What the firmware's console speaks, and the boot loader's messages with it.</summary>
    public const int DefaultBaudRate = 115_200;

    private protected SerialPort(string name) => Name = name;

    /// <summary>The name it was opened by: <c>/dev/ttyUSB0</c>, <c>COM3</c>.</summary>
    public string Name { get; }

    /// <summary>Opens a port for this process alone.</summary>
    /// <param name="name">A device file, or <c>COM1</c> and so on.</param>
    /// <param name="baudRate">9,600 to 921,600: one of the usual ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not one of the usual ones.</exception>
    /// <exception cref="IOException">There is no such port, it is in use, or it may not be opened; the message says
    /// which, and what to do.</exception>
    public static SerialPort Open(string name, int baudRate = DefaultBaudRate)
    {
        BaudRates.Check(baudRate);
        return OperatingSystem.IsWindows()
            ? WindowsSerialPort.Open(name, baudRate)
            : UnixSerialPort.Open(name, baudRate);
    }

    /// <summary>Waits for octets and takes them.</summary>
    /// <param name="buffer">Where they go; at least one.</param>
    /// <param name="timeout">Longest wait; zero takes what is there.</param>
    /// <returns>How many; 0 when the time is over.</returns>
    /// <exception cref="IOException">The port is gone.</exception>
    public abstract int Read(Span<byte> buffer, TimeSpan timeout);

    /// <summary>Sends octets; returns when the system has taken all of them.</summary>
    /// <exception cref="IOException">The port is gone, or takes nothing for seconds.</exception>
    public abstract void Write(ReadOnlySpan<byte> octets);

    /// <summary>
    /// Sets the two control lines. On most boards RTS pulls the chip's reset and DTR its boot pin; a port without such
    /// lines (a pseudo-terminal) takes no notice.
    /// </summary>
    /// <param name="dataTerminalReady">DTR.</param>
    /// <param name="requestToSend">RTS.</param>
    public abstract void SetLines(bool dataTerminalReady, bool requestToSend);

    /// <summary>Closes the port; a call that waits ends.</summary>
    public abstract void Dispose();
}
