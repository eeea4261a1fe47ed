using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MicroFirmware.Serial.Windows;

/// <summary>The calls of kernel32 that a port needs (Win32, Communications Resources).</summary>
internal static partial class Kernel32
{
    public const uint GenericReadWrite = 0xC0000000;
    public const uint OpenExisting = 3;

    /// <summary><c>ReadIntervalTimeout</c> and multiplier with which a read returns what is there, or waits for the
    /// first octet.</summary>
    public const uint AtOnce = uint.MaxValue;

    public const uint SetRts = 3;
    public const uint ClearRts = 4;
    public const uint SetDtr = 5;
    public const uint ClearDtr = 6;

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf16)]
    public static partial SafeFileHandle CreateFile(
        string name, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "GetCommState", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetState(SafeFileHandle port, ref DeviceControl state);

    [LibraryImport("kernel32", EntryPoint = "SetCommState", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetState(SafeFileHandle port, in DeviceControl state);

    [LibraryImport("kernel32", EntryPoint = "SetCommTimeouts", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetTimeouts(SafeFileHandle port, in PortTimeouts timeouts);

    [LibraryImport("kernel32", EntryPoint = "EscapeCommFunction", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Escape(SafeFileHandle port, uint function);

    [LibraryImport("kernel32", EntryPoint = "ReadFile", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static unsafe partial bool Read(
        SafeFileHandle port, byte* buffer, uint count, out uint read, nint overlapped);

    [LibraryImport("kernel32", EntryPoint = "WriteFile", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static unsafe partial bool Write(
        SafeFileHandle port, byte* buffer, uint count, out uint written, nint overlapped);
}
