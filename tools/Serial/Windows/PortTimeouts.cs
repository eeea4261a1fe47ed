using System.Runtime.InteropServices;

namespace MicroFirmware.Serial.Windows;

/// <summary><c>COMMTIMEOUTS</c>, milliseconds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PortTimeouts
{
    public uint ReadInterval;
    public uint ReadMultiplier;
    public uint ReadConstant;
    public uint WriteMultiplier;
    public uint WriteConstant;
}
