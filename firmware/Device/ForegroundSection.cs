using System;

namespace MicroFirmware.Device
{
    /// <summary>A time in which the appliance has the board to itself; it ends with <see cref="Dispose"/>.</summary>
    public sealed class ForegroundSection : IDisposable
    {
        private Miner _miner;

        internal ForegroundSection(Miner miner)
        {
            _miner = miner;
        }

        /// <summary>Ends the section. A second time does nothing.</summary>
        public void Dispose()
        {
            Miner miner = _miner;
            _miner = null;
            miner?.Leave();
        }
    }
}
