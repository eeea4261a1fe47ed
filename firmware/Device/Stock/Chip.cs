using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Device
{
    /// <summary>
    /// The chip below a stock nanoCLR image, which has no call for its engine, its sensor and its watchdog.
    /// </summary>
    internal static class Chip
    {
        internal static long Temperature
        {
            get { return Telemetry.Unknown; }
        }

        /// <summary>What updates for this image are called.</summary>
        internal static string Target
        {
            get { return "stock"; }
        }

        internal static INonceScanner CreateScanner(IConsole console)
        {
            console.WriteLine("board: a stock image; managed code scans, at some hundreds of hashes a second");
            return new UnrolledScanner();
        }

        internal static void StartWatchdog(IConsole console)
        {
            console.WriteLine("board: a stock image has no watchdog");
        }

        internal static void FeedWatchdog()
        {
        }
    }
}
