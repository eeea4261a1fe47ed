using System.Runtime.InteropServices;

namespace MicroFirmware.Serial.Unix;

/// <summary>The calls of libc that a port needs, and the numbers in which Linux and macOS differ.</summary>
internal static partial class LibC
{
    /// <summary>Room for a <c>struct termios</c>: 60 octets on Linux, 72 on macOS.</summary>
    public const int TermiosOctets = 128;

    public const int ReadWrite = 2;
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollGone = 8 | 16 | 32;

    public const int ModemDtr = 2;
    public const int ModemRts = 4;

    public const int LockExclusive = 2;
    public const int LockAtOnce = 4;

    /// <summary>EINTR, the same everywhere.</summary>
    public const int Interrupted = 4;

    /// <summary>EAGAIN.</summary>
    public static readonly int WouldBlock = Pick(11, 35);

    public static readonly int NoControllingTerminal = Pick(0x100, 0x20000);
    public static readonly int NonBlocking = Pick(0x800, 0x4);
    public static readonly int CloseOnExec = Pick(0x80000, 0x1000000);
    public static readonly nuint TakeExclusive = (nuint)Pick(0x540C, 0x2000740D);
    public static readonly nuint GiveExclusive = (nuint)Pick(0x540D, 0x2000740E);
    public static readonly nuint CloseOnExecControl = (nuint)Pick(0x5451, 0x20006601);
    public static readonly nuint NonBlockingControl = OperatingSystem.IsMacOS() ? 0x8004667E : 0x5421u;
    public static readonly nuint SetModemLines = OperatingSystem.IsMacOS() ? 0x8004746C : 0x5416u;
    public static readonly nuint ClearModemLines = OperatingSystem.IsMacOS() ? 0x8004746B : 0x5417u;

    private static int Pick(int linux, int mac) => OperatingSystem.IsMacOS() ? mac : linux;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int file, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int file, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int file, int operation);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "pipe", SetLastError = true)]
    public static unsafe partial int Pipe(int* ends);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static unsafe partial int GetAttributes(int file, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static unsafe partial int SetAttributes(int file, int when, byte* termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static unsafe partial void MakeRaw(byte* termios);

    [LibraryImport("libc", EntryPoint = "cfsetspeed", SetLastError = true)]
    public static unsafe partial int SetSpeed(byte* termios, nuint speed);

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial int OpenPseudoTerminal(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    public static partial int GrantPseudoTerminal(int file);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int UnlockPseudoTerminal(int file);

    [LibraryImport("libc", EntryPoint = "ptsname")]
    public static partial nint NameOfPseudoTerminal(int file);

    /// <summary><c>ioctl</c>, whose third argument is variadic.</summary>
    public static unsafe int Control(int file, nuint request, int* argument)
    {
        // Apple's convention on ARM puts variadic arguments on the stack: eight registers are filled first.
        bool isOnStack = OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        return isOnStack
            ? ControlOnStack(file, request, 0, 0, 0, 0, 0, 0, argument)
            : ControlInRegisters(file, request, argument);
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static unsafe partial int ControlInRegisters(int file, nuint request, int* argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static unsafe partial int ControlOnStack(
        int file, nuint request, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, int* argument);
}
