namespace MicroFirmware.Serial.Unix;

/// <summary>
/// The control word of a <c>struct termios</c>, which <c>cfmakeraw</c> leaves alone. It is the third word: of 32 bits
/// on Linux, of 64 bits on macOS.
/// </summary>
internal static unsafe class ControlFlags
{
    // Receive; mind no carrier. (CREAD, CLOCAL)
    private const uint LinuxSet = 0x80 | 0x800;
    private const ulong MacSet = 0x800 | 0x8000;

    // Second stop bit, hang-up on close (it would reset the board), hardware flow control. (CSTOPB, HUPCL, CRTSCTS)
    private const uint LinuxClear = 0x40 | 0x400 | 0x80000000;
    private const ulong MacClear = 0x400 | 0x4000 | 0x30000;

    public static void Set(byte* termios)
    {
        if (OperatingSystem.IsMacOS())
        {
            ulong* word = (ulong*)termios + 2;
            *word = (*word & ~MacClear) | MacSet;
        }
        else
        {
            uint* word = (uint*)termios + 2;
            *word = (*word & ~LinuxClear) | LinuxSet;
        }
    }
}
