using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MicroFirmware.Serial.Windows;

/// <summary>
/// A port of Windows. Its calls are synchronous and the system lets one run at a time, so a read waits in short turns
/// that let a write in between.
/// </summary>
internal sealed class WindowsSerialPort : SerialPort
{
    private const int FileNotFound = 2;
    private const int AccessDenied = 5;
    private const uint WriteTimeoutMs = 5_000;
    private const uint LongestTurnMs = 50;

    private readonly SafeFileHandle _port;
    private uint _turnMs;

    private WindowsSerialPort(string name, SafeFileHandle port)
        : base(name) => _port = port;

    public static new WindowsSerialPort Open(string name, int baudRate)
    {
        // Without this prefix names above COM9 are not found.
        SafeFileHandle handle = Kernel32.CreateFile(
            @"\\.\" + name, Kernel32.GenericReadWrite, 0, 0, Kernel32.OpenExisting, 0, 0);
        if (handle.IsInvalid)
        {
            throw Failed(name);
        }

        var state = new DeviceControl { Length = (uint)Marshal.SizeOf<DeviceControl>() };
        bool isSet = Kernel32.GetState(handle, ref state);
        state.BaudRate = (uint)baudRate;
        state.Flags = DeviceControl.BinaryWithLinesUp;
        (state.ByteSize, state.Parity, state.StopBits) = (8, 0, 0);
        if (!isSet || !Kernel32.SetState(handle, state))
        {
            IOException error = Failed(name);
            handle.Dispose();
            throw error;
        }

        return new WindowsSerialPort(name, handle);
    }

    public override unsafe int Read(Span<byte> buffer, TimeSpan timeout)
    {
        long deadline = Environment.TickCount64 + (long)Math.Min(timeout.TotalMilliseconds, int.MaxValue);
        fixed (byte* start = buffer)
        {
            while (true)
            {
                long leftMs = Math.Clamp(deadline - Environment.TickCount64, 0, LongestTurnMs);
                SetTurn((uint)leftMs);
                if (!Kernel32.Read(_port, start, (uint)buffer.Length, out uint count, 0))
                {
                    throw Gone();
                }

                if (count > 0 || leftMs == 0)
                {
                    return (int)count;
                }
            }
        }
    }

    public override unsafe void Write(ReadOnlySpan<byte> octets)
    {
        fixed (byte* start = octets)
        {
            if (!Kernel32.Write(_port, start, (uint)octets.Length, out uint count, 0))
            {
                throw Gone();
            }

            if (count < octets.Length)
            {
                throw new IOException($"{Name} takes nothing: is a board connected, and is it on?");
            }
        }
    }

    public override void SetLines(bool dataTerminalReady, bool requestToSend)
    {
        _ = Kernel32.Escape(_port, dataTerminalReady ? Kernel32.SetDtr : Kernel32.ClearDtr);
        _ = Kernel32.Escape(_port, requestToSend ? Kernel32.SetRts : Kernel32.ClearRts);
    }

    public override void Dispose() => _port.Dispose();

    private void SetTurn(uint turnMs)
    {
        if (turnMs + 1 == _turnMs)
        {
            return;
        }

        // With a constant of 0 a read returns at once; with these two at their maximum it waits for the first octet.
        var timeouts = new PortTimeouts
        {
            ReadInterval = Kernel32.AtOnce,
            ReadMultiplier = turnMs == 0 ? 0 : Kernel32.AtOnce,
            ReadConstant = turnMs,
            WriteConstant = WriteTimeoutMs,
        };
        if (!Kernel32.SetTimeouts(_port, timeouts))
        {
            throw Gone();
        }

        _turnMs = turnMs + 1;
    }

    private IOException Gone() => new($"{Name} is gone: the cable was pulled, or the port was closed.");

    private static IOException Failed(string name)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{name}: " + error switch
        {
            FileNotFound => "there is no such port; is the board plugged in, with a cable that carries data?",
            AccessDenied => "another program has it open; close that one (a monitor, an IDE), and try again.",
            _ => Marshal.GetPInvokeErrorMessage(error),
        });
    }
}
