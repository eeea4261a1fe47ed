using System.Runtime.InteropServices;

namespace MicroFirmware.Serial.Unix;

/// <summary>What a failed call means for a port, and what to do about it.</summary>
internal static class UnixError
{
    private const int NoEntry = 2;
    private const int NoAddress = 6;
    private const int AccessDenied = 13;
    private const int Busy = 16;
    private const int NotATerminal = 25;
    private const string InUseText = "another program has it open; close that one (a monitor, an IDE), and try again.";

    /// <summary>Another program has it.</summary>
    public static IOException InUse(string name) => new($"{name}: {InUseText}");

    /// <summary>The error of the last call on this thread.</summary>
    public static IOException Last(string name)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{name}: " + error switch
        {
            NoEntry or NoAddress => "there is no such port; is the board plugged in, with a cable that carries data?",
            AccessDenied => "you may not open it; on Linux: sudo usermod -aG dialout $USER, then log in again.",
            Busy => InUseText,
            NotATerminal => "it is not a serial port.",
            _ => Marshal.GetPInvokeErrorMessage(error),
        });
    }
}
