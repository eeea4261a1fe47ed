using System.Threading;

namespace MicroFirmware.Device
{
    /// <summary>Ends the miner's wait early: something has arrived that it may want to know.</summary>
    internal sealed class Wake
    {
        private readonly AutoResetEvent _event = new AutoResetEvent(false);

        /// <summary>From any thread.</summary>
        internal void Up()
        {
            _event.Set();
        }

        /// <summary>Waits at most so long; gives other threads a turn even with 0.</summary>
        internal void Wait(int milliseconds)
        {
            _event.WaitOne(milliseconds, false);
        }
    }
}
