using System.Runtime.InteropServices;

namespace MicroFirmware.Serial.Unix;

/// <summary><c>struct pollfd</c>: a descriptor, what is asked of it, what it answers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int File;
    public short Wanted;
    public short Happened;
}
