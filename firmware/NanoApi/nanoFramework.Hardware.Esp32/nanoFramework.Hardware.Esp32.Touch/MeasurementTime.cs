using System;

namespace nanoFramework.Hardware.Esp32.Touch
{
    public class MeasurementTime
    {
        public extern MeasurementTime();

        public extern ushort SleepCycles { get; set; }
        public extern TimeSpan MeasurementCycles { get; set; }
    }
}
