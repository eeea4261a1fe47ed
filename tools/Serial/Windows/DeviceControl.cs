using System.Runtime.InteropServices;

namespace MicroFirmware.Serial.Windows;

/// <summary><c>DCB</c>, 28 octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DeviceControl
{
    /// <summary>fBinary; DTR and RTS raised while the port is open (fDtrControl, fRtsControl = ENABLE).</summary>
    public const uint BinaryWithLinesUp = 0x1 | (1 << 4) | (1 << 12);

    public uint Length;
    public uint BaudRate;
    public uint Flags;
    public ushort Reserved;
    public ushort XonLimit;
    public ushort XoffLimit;
    public byte ByteSize;
    public byte Parity;
    public byte StopBits;
    public byte XonChar;
    public byte XoffChar;
    public byte ErrorChar;
    public byte EofChar;
    public byte EventChar;
    public ushort Reserved1;
}
