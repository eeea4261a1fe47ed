using System.Device.Gpio;
using System.Threading;
using MicroFirmware.Appliance;
using MicroFirmware.Device;

namespace MicroFirmware.Samples.Thermostat
{
    /// <summary>A thermostat that mines between its looks at the thermometer.</summary>
    public static class Program
    {
        private const int DataPin = 21;
        private const int ClockPin = 22;
        private const int HeaterPin = 26;
        private const int LoopMs = 1000;
        private const int WantedTenths = 205;

        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            Miner miner = Miner.Start(new ApplianceOptions { SliceMs = 10 });
            GpioController pins = new GpioController();
            Thermometer thermometer = new Thermometer(new TwoWireBus(pins, DataPin, ClockPin));
            GpioPin heater = pins.OpenPin(HeaterPin, PinMode.Output);
            HeatControl control = new HeatControl(WantedTenths);
            while (true)
            {
                using (miner.Foreground())
                {
                    int tenths;
                    bool isRead = thermometer.TryRead(out tenths);
                    heater.Write(isRead ? control.Decide(tenths) : control.GiveUp());
                }

                Thread.Sleep(LoopMs);
            }
        }
    }
}
