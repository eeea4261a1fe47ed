using System.Threading;
using MicroFirmware.Appliance;

namespace MicroFirmware.Device
{
    /// <summary>The application of a board that does nothing but mine.</summary>
    public static class Program
    {
        /// <summary>Runs for ever, flashed as a whole: without updates over the air.</summary>
        public static void Main()
        {
            Miner.Start(new ApplianceOptions());
            Thread.Sleep(Timeout.Infinite);
        }

        /// <summary>Runs for ever, loaded by <c>MicroFirmware.Boot</c> from one of its slots.</summary>
        public static void Load()
        {
            Miner.Start(new ApplianceOptions(), new ChipImages());
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
