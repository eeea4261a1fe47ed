using System.Threading;
using MicroFirmware.Appliance;

namespace MicroFirmware.Device
{
    /// <summary>The application of a board that does nothing but mine.</summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            Miner.Start(new ApplianceOptions());
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
