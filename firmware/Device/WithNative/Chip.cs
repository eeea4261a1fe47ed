using MicroFirmware.Mining;
using MicroFirmware.Native;
using MicroFirmware.Protocol;

namespace MicroFirmware.Device
{
    /// <summary>The chip below an image that was built with <c>hardware/interop</c>.</summary>
    internal static class Chip
    {
        private const int WatchdogTimeoutMs = 30000;

        internal static long Temperature
        {
            get
            {
                int celsius = NativeScan.Temperature();
                return celsius == NativeScan.NoTemperature ? Telemetry.Unknown : celsius;
            }
        }

        /// <summary>What updates for this image are called.</summary>
        internal static string Target
        {
            get { return "native"; }
        }

        internal static INonceScanner CreateScanner(IConsole console)
        {
            return new NativeScanner(console);
        }

        internal static void StartWatchdog(IConsole console)
        {
            console.WriteLine(NativeScan.StartWatchdog(WatchdogTimeoutMs)
                ? "board: the watchdog is on"
                : "board: this image has no watchdog");
        }

        internal static void FeedWatchdog()
        {
            NativeScan.FeedWatchdog();
        }
    }
}
