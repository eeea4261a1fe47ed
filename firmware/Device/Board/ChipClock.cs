using System;
using MicroFirmware.Mining;

namespace MicroFirmware.Device
{
    /// <summary>The chip's time: ticks since its start, and the calendar once a time server has set it.</summary>
    internal sealed class ChipClock : IClock
    {
        /// <summary>A calendar before this year was never set.</summary>
        private const int EarliestYear = 2025;

        /// <inheritdoc/>
        public long NowMs
        {
            get { return Environment.TickCount64; }
        }

        /// <inheritdoc/>
        public long UtcSeconds
        {
            get
            {
                DateTime now = DateTime.UtcNow;
                return now.Year < EarliestYear ? 0 : now.ToUnixTimeSeconds();
            }
        }
    }
}
